export const BLOCK_BYTES = 262_144;
/** More are not kept: a flood needs some, and it takes many floods at once to need more. */
const MOST_KEPT = 16;

/** Memory that is lent to the main thread and comes back: to allocate it anew each time costs more than to fill it. */
export class BlockPool {
  readonly #free: ArrayBuffer[] = [];

  take(): Buffer<ArrayBuffer> {
    const memory = this.#free.pop();
    return memory ? Buffer.from(memory) : Buffer.allocUnsafeSlow(BLOCK_BYTES);
  }

  give(memory: ArrayBuffer): void {
    if (this.#free.length < MOST_KEPT) this.#free.push(memory);
  }
}
