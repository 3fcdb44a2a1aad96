import { type Observable, Subject } from 'rxjs';
import type { Clock } from './clock.js';

/** A message that reached no one. */
export interface DeadLetter {
  /** Milliseconds since the epoch. */
  timestamp: number;
  recipient: string;
  /** The kind of message. */
  message: string;
  reason: string;
  executionId: string | null;
}

export class DeadLetters {
  readonly #subject = new Subject<DeadLetter>();
  readonly letters$: Observable<DeadLetter> = this.#subject.asObservable();

  constructor(private readonly clock: Clock) {}

  report(letter: Omit<DeadLetter, 'timestamp'>): void {
    if (this.#subject.observed) this.#subject.next({ timestamp: this.clock.now(), ...letter });
  }

  complete(): void {
    this.#subject.complete();
  }
}
