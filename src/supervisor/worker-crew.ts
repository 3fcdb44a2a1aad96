import type { Clock, TimerHandle } from '../actors/kernel/clock.js';
import { noFailures, onWorkerFailure, type RestartHistory } from '../actors/kernel/restart-policy.js';
import type { WorkerLink } from './worker-link.js';

type Seat =
  | { state: 'empty' }
  | { state: 'starting' }
  | { state: 'ready'; link: WorkerLink }
  | { state: 'backing_off'; timer: TimerHandle };

/**
 * So many attempts are given to one worker before the next one gets any. What they have to say then travels in fewer messages, and a small load wakes
 * one thread and one launcher instead of several.
 */
const WELL_FILLED = 8;

export interface CrewPort {
  /** Starts a worker; its fate is told later with `seated` or `failed`. */
  start(seat: number): void;
  /** The backoff of this seat is over. */
  restartDue(seat: number): void;
  /** The pause after giving up is over. */
  recoveryDue(): void;
}

/** The workers, each supervised on its own: one that is lost is replaced, the others are left alone. */
export class WorkerCrew {
  readonly #seats: Seat[];
  #history: RestartHistory = noFailures;
  #restarts = 0;
  #gaveUp: { reason: string; timer: TimerHandle } | null = null;
  #lastReason: string | null = null;
  #closed = false;

  constructor(
    size: number,
    private readonly clock: Clock,
    private readonly port: CrewPort,
  ) {
    this.#seats = Array.from({ length: size }, () => ({ state: 'empty' }));
  }

  get closed(): boolean {
    return this.#closed;
  }

  get size(): number {
    return this.#seats.length;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Why no worker is being started; `null` when they are. */
  get gaveUp(): string | null {
    return this.#gaveUp?.reason ?? null;
  }

  /** Why the last worker was lost, while its seat is not filled again. */
  get wounded(): string | null {
    return this.#seats.some(({ state }) => state === 'backing_off') ? this.#lastReason : null;
  }

  get links(): WorkerLink[] {
    return this.#seats.flatMap((seat) => (seat.state === 'ready' ? [seat.link] : []));
  }

  get starting(): number {
    return this.#seats.filter(({ state }) => state === 'starting').length;
  }

  /** The first ready worker that is not well filled, or the one with the least to do. */
  preferred(): WorkerLink | null {
    let best: WorkerLink | null = null;
    for (const seat of this.#seats) {
      if (seat.state !== 'ready') continue;
      if (seat.link.load < WELL_FILLED) return seat.link;
      if (best === null || seat.link.load < best.load) best = seat.link;
    }
    return best;
  }

  /** Starts as many workers as it takes for so many attempts at once. */
  staffFor(attempts: number): void {
    this.staff(Math.ceil(attempts / WELL_FILLED));
  }

  /** Starts workers in empty seats until `wanted` seats are taken. */
  staff(wanted: number): void {
    if (this.#gaveUp || this.#closed) return;
    let taken = this.#seats.filter(({ state }) => state !== 'empty').length;
    for (let seat = 0; seat < this.#seats.length && taken < wanted; seat++) {
      if (this.#seats[seat]?.state !== 'empty') continue;
      this.#start(seat);
      taken++;
    }
  }

  seated(seat: number, link: WorkerLink): void {
    this.#seats[seat] = { state: 'ready', link };
  }

  seatOf(link: WorkerLink): number {
    return this.#seats.findIndex((seat) => seat.state === 'ready' && seat.link === link);
  }

  /** A worker was lost, or did not come up. Its seat is filled again after a pause, or not at all for a while. */
  failed(seat: number, reason: string): void {
    this.#seats[seat] = { state: 'empty' };
    this.#lastReason = reason;
    if (this.#closed || this.#gaveUp) return;
    const { history, decision } = onWorkerFailure(this.#history, this.clock.monotonicMs());
    this.#history = history;
    if (decision.type === 'restart') {
      this.#restarts++;
      const timer = this.clock.setTimeout(() => this.port.restartDue(seat), decision.delayMs);
      this.#seats[seat] = { state: 'backing_off', timer };
    } else {
      const timer = this.clock.setTimeout(() => this.port.recoveryDue(), decision.retryAfterMs);
      (timer as { unref?(): void }).unref?.();
      this.#giveUp(`worker threads failed ${history.failures.length} times within a minute, last: ${reason}`, timer);
    }
  }

  restart(seat: number): void {
    if (this.#seats[seat]?.state === 'backing_off') this.#start(seat);
  }

  recover(): void {
    this.#gaveUp = null;
  }

  close(): void {
    this.#closed = true;
    this.#stopTimers();
    this.clock.clearTimeout(this.#gaveUp?.timer);
  }

  #start(seat: number): void {
    this.#seats[seat] = { state: 'starting' };
    this.port.start(seat);
  }

  #giveUp(reason: string, timer: TimerHandle): void {
    this.#gaveUp = { reason, timer };
    this.#stopTimers();
  }

  #stopTimers(): void {
    for (const [index, seat] of this.#seats.entries()) {
      if (seat.state !== 'backing_off') continue;
      this.clock.clearTimeout(seat.timer);
      this.#seats[index] = { state: 'empty' };
    }
  }
}
