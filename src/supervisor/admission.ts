import { type Place, PriorityQueue } from '../actors/kernel/priority-queue.js';
import type { ConcurrencyMetrics } from '../actors/protocol/stats.js';

export type Admittance = 'granted' | 'queued' | 'limit_reached' | 'queue_full';

export interface AdmissionLimits {
  maxConcurrentExecutions: number;
  maxQueuedExecutions: number;
  admission: 'queue' | 'reject';
}

/** The admission semaphore: who holds a permit, and who waits for one. The only limiter in the engine. */
export class Admission<T extends { priority: number }> {
  readonly #queue = new PriorityQueue<T>();
  readonly #places = new Map<T, Place<T>>();
  #held = 0;

  constructor(private readonly limits: AdmissionLimits) {}

  get metrics(): ConcurrencyMetrics {
    const { maxConcurrentExecutions: maxConcurrent } = this.limits;
    const availableSlots = maxConcurrent - this.#held;
    return { maxConcurrent, currentlyRunning: this.#held, currentlyPending: this.#queue.size, availableSlots };
  }

  /** Takes a permit, a place in the queue, or nothing. */
  enter(item: T): Admittance {
    const { maxQueuedExecutions, admission } = this.limits;
    if (this.#takesFree()) return 'granted';
    if (admission === 'reject') return 'limit_reached';
    if (this.#queue.size >= maxQueuedExecutions) return 'queue_full';
    return this.#enqueue(item);
  }

  /** For a part of what was admitted as a whole: it waits in line as any newcomer does, but is not refused. */
  join(item: T): 'granted' | 'queued' {
    return this.#takesFree() ? 'granted' : this.#enqueue(item);
  }

  /** For one that has been admitted before: the bound on the queue is for newcomers. */
  reenter(item: T): 'granted' | 'queued' {
    if (this.#held >= this.limits.maxConcurrentExecutions) return this.#enqueue(item);
    this.#held++;
    return 'granted';
  }

  /** Gives a permit back. Returns who holds it now, if anyone waited. */
  release(): T | undefined {
    const next = this.#queue.shift();
    if (next === undefined) this.#held--;
    else this.#places.delete(next);
    return next;
  }

  /** Leaves the queue. */
  leave(item: T): void {
    const place = this.#places.get(item);
    if (!place) return;
    this.#places.delete(item);
    this.#queue.remove(place);
  }

  /** Someone who waits goes first, even if a permit is free this very moment. */
  #takesFree(): boolean {
    if (this.#held >= this.limits.maxConcurrentExecutions || this.#queue.size > 0) return false;
    this.#held++;
    return true;
  }

  #enqueue(item: T): 'queued' {
    this.#places.set(item, this.#queue.push(item, item.priority));
    return 'queued';
  }
}
