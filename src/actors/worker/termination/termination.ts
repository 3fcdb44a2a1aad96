import type { Clock, TimerHandle } from '../../kernel/clock.js';
import {
  descendantsOf,
  groupExists,
  groupIsAlive,
  isAlive,
  type ProcessIdentity,
  sendSignal,
  signalIfSame,
} from '../../process/process-tree.js';
import type { TerminationCause, TerminationReport } from '../../protocol/execution.js';

/** How long to wait for what SIGKILL must end, before saying that it did not. */
const KILL_WAIT_MS = 2_000;
/** How long to wait for the status of a process that has ended. */
const REPORT_WAIT_MS = 500;
const FIRST_POLL_MS = 2;
const LONGEST_POLL_MS = 40;

/**
 * Ends a process and everything below it: SIGTERM to the group and to descendants that left it, a grace period, SIGKILL to the
 * group and to every descendant seen, and a bounded wait. Settles as soon as the tree is empty.
 */
export class Termination {
  readonly #signals: TerminationReport['signals'] = [];
  readonly #seen = new Map<number, ProcessIdentity>();
  #exitTold = false;
  #endedSince: number | null = null;
  #settled = false;
  #giveUpAt = Number.POSITIVE_INFINITY;
  #graceTimer: TimerHandle | undefined;
  #pollTimer: TimerHandle | undefined;
  #pollMs = FIRST_POLL_MS;

  constructor(
    private readonly group: number,
    private readonly cause: TerminationCause,
    private readonly killGraceMs: number,
    private readonly clock: Clock,
    private readonly onSettled: (report: TerminationReport) => void,
  ) {}

  begin(): void {
    if (this.killGraceMs === 0) return this.#kill();
    this.#look();
    this.#send('SIGTERM', this.#strays());
    this.#graceTimer = this.clock.setTimeout(() => this.#kill(), this.killGraceMs);
    this.#poll();
  }

  /** The process itself has been reaped; what remains is its descendants. */
  leaderExited(): void {
    this.#exitTold = true;
    this.#pollMs = FIRST_POLL_MS;
    this.#poll();
  }

  #kill(): void {
    this.#look();
    this.#send('SIGKILL', [...this.#seen.values()]);
    this.#giveUpAt = this.clock.monotonicMs() + KILL_WAIT_MS;
    this.#pollMs = FIRST_POLL_MS;
    this.#poll();
  }

  /** A descendant whose parent dies moves to init and out of sight: remember all that were ever seen. */
  #look(): void {
    const roots = [...this.#seen.values()].filter(isAlive).map(({ pid }) => pid);
    for (const root of [this.group, ...roots]) {
      for (const found of descendantsOf(root)) this.#seen.set(found.pid, found);
    }
  }

  #strays(): ProcessIdentity[] {
    return [...this.#seen.values()].filter((found) => found.group !== this.group);
  }

  #send(signal: 'SIGTERM' | 'SIGKILL', others: readonly ProcessIdentity[]): void {
    this.#signals.push({ signal, at: this.clock.now() });
    sendSignal(-this.group, signal);
    for (const other of others) signalIfSame(other, signal);
  }

  #poll(): void {
    if (this.#settled) return;
    this.clock.clearTimeout(this.#pollTimer);
    if (this.#leaderHasEnded() && this.#treeIsEmpty()) return this.#settle(true);
    if (this.clock.monotonicMs() > this.#giveUpAt) return this.#settle(false);
    this.#pollTimer = this.clock.setTimeout(() => this.#poll(), this.#pollMs);
    this.#pollMs = Math.min(this.#pollMs * 2, LONGEST_POLL_MS);
  }

  /** Its exit is told by whoever reaps it. If they do not, a zombie is an end too, only without a status. */
  #leaderHasEnded(): boolean {
    if (this.#exitTold) return true;
    if (this.#pollMs < LONGEST_POLL_MS || isAlive({ pid: this.group, startTime: 0, group: this.group })) return false;
    this.#endedSince ??= this.clock.monotonicMs();
    return this.clock.monotonicMs() - this.#endedSince > REPORT_WAIT_MS;
  }

  #treeIsEmpty(): boolean {
    if ([...this.#seen.values()].some(isAlive)) return false;
    if (!groupExists(this.group)) return true;
    // What is left may be zombies that nobody reaps; telling them apart costs a look at every process, so not at first.
    return this.#pollMs >= LONGEST_POLL_MS && !groupIsAlive(this.group);
  }

  #settle(treeEmpty: boolean): void {
    this.#settled = true;
    this.clock.clearTimeout(this.#graceTimer);
    this.clock.clearTimeout(this.#pollTimer);
    this.onSettled({ cause: this.cause, signals: this.#signals, treeEmpty: canSeeTree ? treeEmpty : 'unknown' });
  }
}

const canSeeTree = process.platform === 'linux' || process.platform === 'darwin';
