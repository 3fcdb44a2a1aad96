import type { ItemEnd, WorkerEvent } from '../../protocol/wire.js';

type ItemsEvent = Extract<WorkerEvent, { type: 'items' }>;

/** What an item costs whoever hears of it, beside its output. */
const BYTES_PER_ITEM = 64;

/** Tells how items ended, many at a time, and counts them. */
export class ItemNews {
  #silent: number[] = [];
  #ends: ItemEnd[] = [];
  #bytes = 0;
  done = 0;
  failed = 0;

  constructor(
    private readonly ref: number,
    private readonly emit: (event: ItemsEvent) => void,
  ) {}

  /** It completed without a word. */
  addSilent(index: number): void {
    this.#count(BYTES_PER_ITEM);
    this.#silent.push(index);
  }

  add(end: ItemEnd): void {
    if (end.error !== null) this.failed++;
    this.#count(BYTES_PER_ITEM + end.stdout.length + end.stderr.length);
    this.#ends.push(end);
  }

  flush(): void {
    if (this.#bytes === 0) return;
    const event = { type: 'items', ref: this.ref, silent: this.#silent, ends: this.#ends, bytes: this.#bytes } as const;
    this.#silent = [];
    this.#ends = [];
    this.#bytes = 0;
    this.emit(event);
  }

  #count(bytes: number): void {
    this.done++;
    if (this.#bytes === 0) queueMicrotask(() => this.flush());
    this.#bytes += bytes;
  }
}
