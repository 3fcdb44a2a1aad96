import type { ProcessEnd } from '../../protocol/launcher-wire.js';
import { signalName } from '../../protocol/signals.js';
import type { ChildPipes } from './child-pipes.js';
import type { ProcessExit, SpawnedProcess } from './spawner.js';

/**
 * A process started by the launcher. Its output does not pass through the launcher, for we hold the pipes ourselves, unless it ended so soon
 * that it came in one piece.
 */
export class LauncherProcess implements SpawnedProcess {
  readonly stdin;
  readonly stdout;
  readonly stderr;
  #exit: ProcessExit | null = null;
  #listener: ((exit: ProcessExit) => void) | null = null;

  constructor(
    readonly pid: number,
    readonly startedMs: number,
    readonly endedMs: number | null,
    pipes: ChildPipes,
    readonly release: () => void,
  ) {
    this.stdin = pipes.stdin;
    this.stdout = pipes.stdout;
    this.stderr = pipes.stderr;
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    if (this.#exit) listener(this.#exit);
    else this.#listener = listener;
  }

  ended(exit: ProcessExit): void {
    if (this.#exit) return;
    this.#exit = exit;
    this.#listener?.(exit);
  }
}

export function exitOf(end: ProcessEnd, groupRemains: boolean): ProcessExit {
  const { userMs, systemMs, maxRssBytes } = end;
  const signal = signalName(end.signal);
  const exitCode = signal ? null : end.exitCode;
  return { exitCode, signal, resourceUsage: { userMs, systemMs, maxRssBytes }, groupRemains, lost: null };
}
