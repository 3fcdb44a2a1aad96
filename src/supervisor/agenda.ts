import type { Clock } from '../actors/kernel/clock.js';
import { type Deferred, deferred } from '../actors/kernel/deferred.js';
import { settledWithin } from '../actors/kernel/settled-within.js';
import type { Registry } from './registry.js';

/** Work that was admitted as a whole and is submitted piece by piece. */
export interface Undertaking {
  /** Submit nothing more, and end what runs. */
  cancel(reason: string): void;
  /** The same, because the engine stops. */
  engineStopped(): void;
}

/** What there is left to do: executions that have not ended, and undertakings of which more is to come. */
export class Agenda {
  readonly #undertakings = new Set<Undertaking>();
  #closed = false;
  #onEmpty: Deferred<void> | null = null;

  /** `wake` makes sure that `check` is called soon. */
  constructor(
    private readonly registry: Registry,
    private readonly clock: Clock,
    private readonly wake: () => void,
  ) {}

  get isEmpty(): boolean {
    return this.registry.live.size === 0 && this.#undertakings.size === 0;
  }

  /** Whether nothing more may be submitted, not even as part of something that is under way. */
  get isClosed(): boolean {
    return this.#closed;
  }

  undertake(undertaking: Undertaking): void {
    this.#undertakings.add(undertaking);
  }

  conclude(undertaking: Undertaking): void {
    this.#undertakings.delete(undertaking);
    this.wake();
  }

  /** Cancels every undertaking. */
  cancel(reason: string): void {
    for (const undertaking of this.#undertakings) undertaking.cancel(reason);
  }

  /** Ends every undertaking, for the engine stops. */
  close(): void {
    this.#closed = true;
    for (const undertaking of this.#undertakings) undertaking.engineStopped();
  }

  /** Tells whoever waits for there to be nothing left, if there is nothing left. */
  check(): void {
    if (this.#onEmpty && this.isEmpty) this.#onEmpty.resolve();
  }

  /** Whether everything has been done within this time. */
  async emptyWithin(periodMs: number): Promise<boolean> {
    this.#onEmpty = deferred();
    this.wake();
    await settledWithin(this.clock, periodMs, this.#onEmpty.promise);
    this.#onEmpty = null;
    return this.isEmpty;
  }
}
