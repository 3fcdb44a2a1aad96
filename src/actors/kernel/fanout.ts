import { Observable, type Subscriber } from 'rxjs';

/**
 * Tells every subscriber what comes. A Subject does the same, and doubles the price of a line, of which there are millions. Whoever
 * subscribes while a value is being told gets the next one; what a subscriber throws goes where RxJS puts it.
 */
export class Fanout<T> {
  #subscribers: ReadonlyArray<Subscriber<T>> = [];
  #completed = false;
  readonly values$: Observable<T>;

  /** `onInterest` is called after someone came or went; `replay` is told first to whoever comes. */
  constructor(onInterest: () => void = () => {}, replay: Iterable<T> = []) {
    this.values$ = new Observable<T>((subscriber) => {
      for (const value of replay) subscriber.next(value);
      if (this.#completed) return subscriber.complete();
      if (subscriber.closed) return; // it had enough of what was replayed
      this.#subscribers = [...this.#subscribers, subscriber];
      onInterest();
      return () => {
        this.#subscribers = this.#subscribers.filter((other) => other !== subscriber);
        if (!this.#completed) onInterest();
      };
    });
  }

  get observed(): boolean {
    return this.#subscribers.length > 0;
  }

  next(value: T): void {
    for (const subscriber of this.#subscribers) subscriber.next(value);
  }

  complete(): void {
    this.#completed = true;
    for (const subscriber of this.#subscribers) subscriber.complete();
  }
}
