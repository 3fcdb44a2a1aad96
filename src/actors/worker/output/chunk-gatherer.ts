import type { StreamName } from '../../protocol/execution.js';
import { BLOCK_BYTES, type BlockPool } from './block-pool.js';

/** While more comes turn by turn, what has come waits for as many turns of the loop at the most. */
const PATIENCE_TURNS = 2;
/** What is less than this is cheaper to copy than to lend. */
const WORTH_LENDING_BYTES = 2_048;

/** `lent`: the memory is wanted back. */
type ChunkSink = (stream: StreamName, data: Uint8Array<ArrayBuffer>, lent: boolean) => void;

/**
 * Puts together what is read of two streams within a few turns of the loop, in the order in which it came. A pipe is often read before it is full,
 * and each message to the main thread costs as much as some twenty kilobytes in it.
 */
export class ChunkGatherer {
  #stream: StreamName = 'stdout';
  #block: Buffer<ArrayBuffer> | null = null;
  #used = 0;
  #scheduled = false;
  #turns = 0;
  #grown = false;

  constructor(
    private readonly blocks: BlockPool,
    private readonly sink: ChunkSink,
  ) {}

  push(stream: StreamName, bytes: Buffer): void {
    if (stream !== this.#stream) this.flush();
    this.#stream = stream;
    this.#grown = true;
    for (let from = 0; from < bytes.length; ) {
      this.#block ??= this.blocks.take();
      const copied = bytes.copy(this.#block, this.#used, from);
      this.#used += copied;
      from += copied;
      if (this.#used === BLOCK_BYTES) this.flush();
    }
    if (!this.#scheduled) this.#schedule();
  }

  flush(): void {
    const block = this.#block;
    const used = this.#used;
    if (!block || used === 0) return;
    this.#block = null;
    this.#used = 0;
    this.#turns = 0;
    if (used >= WORTH_LENDING_BYTES) return this.sink(this.#stream, new Uint8Array(block.buffer, 0, used), true);
    this.sink(this.#stream, new Uint8Array(block.subarray(0, used)), false);
    this.blocks.give(block.buffer);
  }

  #schedule(): void {
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const wait = this.#grown && this.#turns++ < PATIENCE_TURNS;
      this.#grown = false;
      if (wait) this.#schedule();
      else this.flush();
    });
  }
}
