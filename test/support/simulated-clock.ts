import type { Clock, TimerHandle } from '#lib/actors/kernel/clock.js';

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly callback: () => void;
  unreferenced: boolean;
  unref(): void;
}

/** A clock that stands still until a test advances it. Timers run in order of their due time, then of their making. */
export class SimulatedClock implements Clock {
  readonly #timers = new Set<Timer>();
  #elapsedMs = 0;
  #made = 0;

  constructor(private readonly startMs = 1_700_000_000_000) {}

  now(): number {
    return this.startMs + this.#elapsedMs;
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  setTimeout(callback: () => void, delayMs: number): TimerHandle {
    const timer: Timer = {
      dueAt: this.#elapsedMs + delayMs,
      order: this.#made++,
      callback,
      unreferenced: false,
      unref() {
        this.unreferenced = true;
      },
    };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(handle: TimerHandle | undefined): void {
    this.#timers.delete(handle as Timer);
  }

  /** Delays, from now, of the timers that are set. */
  get pending(): number[] {
    return [...this.#timers].map(({ dueAt }) => dueAt - this.#elapsedMs).sort((a, b) => a - b);
  }

  /** Timers that would keep a process alive. */
  get referenced(): number {
    return [...this.#timers].filter(({ unreferenced }) => !unreferenced).length;
  }

  /** Lets time pass and runs what falls due meanwhile, timers set by other timers included. */
  advance(periodMs: number): void {
    const until = this.#elapsedMs + periodMs;
    for (let timer = this.#next(until); timer !== undefined; timer = this.#next(until)) {
      this.#timers.delete(timer);
      this.#elapsedMs = Math.max(this.#elapsedMs, timer.dueAt);
      timer.callback();
    }
    this.#elapsedMs = until;
  }

  #next(until: number): Timer | undefined {
    const due = [...this.#timers].filter(({ dueAt }) => dueAt <= until);
    return due.sort((a, b) => a.dueAt - b.dueAt || a.order - b.order)[0];
  }
}
