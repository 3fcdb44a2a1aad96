import { explainSpawnError } from './explain.js';
import type { LauncherProcess } from './launcher-process.js';
import type { ProcessExit, SpawnAnswer, SpawnSpec } from './spawner.js';

/** A process from the moment it is told of: its end may be told before its pipes are open. */
export class Birth {
  #child: LauncherProcess | null = null;
  #exit: ProcessExit | null = null;

  attach(child: LauncherProcess): void {
    this.#child = child;
    if (this.#exit) child.ended(this.#exit);
  }

  ended(exit: ProcessExit): void {
    this.#exit ??= exit;
    this.#child?.ended(exit);
  }
}

/**
 * It ran, but nobody could have heard it: it has been killed. Where the descriptors of the launcher are not there, the launcher is not
 * either, though its end may not have been told yet.
 */
export function refusalAfterStart(error: unknown, spec: SpawnSpec): SpawnAnswer {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ESRCH') {
    const message = `The launcher process was lost while it started ${spec.program}`;
    return { type: 'refused', message, transient: false, lost: true };
  }
  return { type: 'refused', message: explainSpawnError(error, spec).message, transient: false };
}
