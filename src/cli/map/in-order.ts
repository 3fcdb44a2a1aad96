/** Gives values back in the order of their numbers, which count from 0, however they come. */
export class InOrder<T> {
  readonly #early = new Map<number, T>();
  #next = 0;

  /** Takes one in, and returns those whose turn it now is. */
  add(number: number, value: T): T[] {
    this.#early.set(number, value);
    const ready: T[] = [];
    for (;;) {
      const due = this.#early.get(this.#next);
      if (due === undefined) return ready;
      this.#early.delete(this.#next++);
      ready.push(due);
    }
  }

  /** What waits for others that will never come, in order. */
  rest(): T[] {
    const waiting = [...this.#early].sort(([one], [other]) => one - other);
    this.#early.clear();
    return waiting.map(([, value]) => value);
  }
}
