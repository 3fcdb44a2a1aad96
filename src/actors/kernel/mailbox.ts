/** First in, first out; a slot is dropped as it is read, so nothing taken is kept alive. */
export class Lane<T> {
  #items: Array<T | undefined> = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.length === 0) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head > 1024 && this.#head > this.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

/**
 * Messages that wait for an actor. The control lane (cancel, worker lost, stop) goes first and is never refused. The normal lane
 * is bounded where work is admitted, not here: by the time a message is in a mailbox, someone has been promised an answer.
 */
export class Mailbox<Message> {
  readonly #control = new Lane<Message>();
  readonly #normal = new Lane<Message>();

  get length(): number {
    return this.#control.length + this.#normal.length;
  }

  put(message: Message): void {
    this.#normal.push(message);
  }

  putControl(message: Message): void {
    this.#control.push(message);
  }

  take(): Message | undefined {
    return this.#control.shift() ?? this.#normal.shift();
  }
}
