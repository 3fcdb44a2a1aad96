import { type Observable, ReplaySubject } from 'rxjs';

/** A value that changes, and that whoever subscribes is told first: also after the end, which a BehaviorSubject would not. */
export class Current<T> {
  readonly #subject = new ReplaySubject<T>(1);
  readonly value$: Observable<T> = this.#subject.asObservable();
  #value: T;

  constructor(first: T) {
    this.#value = first;
    this.#subject.next(first);
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    this.#subject.next(value);
  }

  complete(): void {
    this.#subject.complete();
  }
}
