import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { onExit } from 'signal-exit';
import { Lifecycle, scoped } from 'tsyringe';
import { ProcessSlotReader } from '../actors/process/process-slots.js';
import { groupIsAlive, isAlive, killTrees } from '../actors/process/process-tree.js';

/** How long an exiting app waits for a worker that is in the middle of a spawn. */
const SPAWN_WAIT_MS = 500;
const KILL_WAIT_MS = 1_000;
const KILL_POLL_MS = 5;

const ledgers = new Set<ProcessLedger>();
let removeExitHook: (() => void) | null = null;

/**
 * The process groups of every worker of one engine, and the promise that none outlives the app: on `process.exit`, an uncaught error
 * or a fatal signal they are killed. execa's own exit hook does nothing in a thread.
 */
@scoped(Lifecycle.ContainerScoped)
export class ProcessLedger {
  readonly #workers = new Set<ProcessSlotReader>();
  /** Of each that was killed, whether it still lives. */
  readonly #dying = new Set<() => boolean>();

  constructor() {
    ledgers.add(this);
    removeExitHook ??= onExit(() => {
      for (const ledger of ledgers) ledger.killAll();
    });
  }

  open(memory: SharedArrayBuffer): ProcessSlotReader {
    const reader = new ProcessSlotReader(memory);
    this.#workers.add(reader);
    return reader;
  }

  /** Kills whatever a lost worker left. Nobody will reap it but the system, so there is no grace. */
  settle(reader: ProcessSlotReader): number {
    this.#workers.delete(reader);
    const groups = reader.groups();
    const strays = killTrees(groups);
    for (const group of groups) this.#dying.add(() => groupIsAlive(group));
    for (const stray of strays) this.#dying.add(() => isAlive(stray));
    return groups.length;
  }

  /** Resolves when nothing that `settle` killed runs any more, or after a second: SIGKILL is sent at once and takes effect soon. */
  async killedAreGone(): Promise<void> {
    const giveUpAt = performance.now() + KILL_WAIT_MS;
    while (performance.now() < giveUpAt) {
      for (const lives of this.#dying) if (!lives()) this.#dying.delete(lives);
      if (this.#dying.size === 0) return;
      await pause(KILL_POLL_MS);
    }
  }

  killAll(): void {
    for (const reader of this.#workers) reader.close(SPAWN_WAIT_MS);
    killTrees([...this.#workers].flatMap((reader) => reader.groups()));
  }

  /** No thread is left that could start anything: the last engine of the app takes its exit hook along. */
  dispose(): void {
    ledgers.delete(this);
    if (ledgers.size > 0) return;
    removeExitHook?.();
    removeExitHook = null;
  }
}
