/** Items that nobody has begun. They come in blocks, and a block is acknowledged when the last of it has been taken. */
export class Backlog {
  #blocks: { items: string[]; sequence: number }[] = [];
  #at = 0;
  closed = false;

  constructor(private readonly onTaken: (sequence: number) => void) {}

  get empty(): boolean {
    return this.#blocks.length === 0;
  }

  /** `block`: items that are separated by NUL. */
  push(block: string, sequence: number): void {
    this.#blocks.push({ items: block.split('\0'), sequence });
  }

  take(most: number): string[] {
    const taken: string[] = [];
    for (let block = this.#blocks[0]; block !== undefined && taken.length < most; block = this.#blocks[0]) {
      const { items, sequence } = block;
      const some = items.slice(this.#at, this.#at + most - taken.length);
      taken.push(...some);
      this.#at += some.length;
      if (this.#at < items.length) break;
      this.#blocks.shift();
      this.#at = 0;
      this.onTaken(sequence);
    }
    return taken;
  }

  /** Nothing of it will be begun. */
  drop(): void {
    const dropped = this.#blocks;
    this.#blocks = [];
    this.#at = 0;
    for (const { sequence } of dropped) this.onTaken(sequence);
  }

  close(): void {
    this.closed = true;
  }
}
