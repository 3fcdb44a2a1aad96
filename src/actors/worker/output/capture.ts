import { characterBoundary } from './utf8.js';

const FIRST_BYTES = 4_096;

/** Keeps the head of a stream, up to `limitBytes`, in one buffer that grows with it. */
export class Capture {
  #buffer: Buffer = Buffer.alloc(0);
  #kept = 0;
  #total = 0;

  constructor(readonly limitBytes: number) {}

  /** Bytes seen, kept or not. */
  get totalBytes(): number {
    return this.#total;
  }

  get exceeded(): boolean {
    return this.#total > this.limitBytes;
  }

  /** The bytes kept so far. */
  get head(): Buffer {
    return this.#buffer.subarray(0, this.#kept);
  }

  push(chunk: Buffer): void {
    this.#total += chunk.length;
    const take = Math.min(chunk.length, this.limitBytes - this.#kept);
    if (take <= 0) return;
    this.#reserve(this.#kept + take);
    chunk.copy(this.#buffer, this.#kept, 0, take);
    this.#kept += take;
  }

  /** The text kept and how many bytes of the stream it stands for. A cut text ends at a whole character and with a marker line. */
  finish(): { text: string; keptBytes: number } {
    const keptBytes = this.exceeded ? characterBoundary(this.#buffer, this.#kept) : this.#kept;
    const text = this.#buffer.toString('utf8', 0, keptBytes);
    this.#buffer = Buffer.alloc(0);
    if (!this.exceeded) return { text, keptBytes };
    const lineBreak = text === '' || text.endsWith('\n') ? '' : '\n';
    return {
      text: `${text}${lineBreak}[execrx: output truncated, kept ${keptBytes} of ${this.#total} bytes]`,
      keptBytes,
    };
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const size = Math.min(Math.max(bytes, this.#buffer.length * 2, FIRST_BYTES), this.limitBytes);
    const grown = Buffer.allocUnsafeSlow(size);
    this.#buffer.copy(grown, 0, 0, this.#kept);
    this.#buffer = grown;
  }
}
