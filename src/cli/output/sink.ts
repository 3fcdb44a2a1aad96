import { writeSync } from 'node:fs';
import { pauseThread } from './pause.js';

const FLUSH_AT = 65_536;
const RETRY_MS = 2;

/**
 * A descriptor that text is written to whole. Writing blocks where the reader is slow: the worker threads then get no credit, and the processes
 * wait on their pipes, so that nothing piles up here. (Node's own streams would queue without bound, and lose the rest when the process exits.)
 * What is written in one turn goes out in one call.
 */
export class Sink {
  #pending = '';
  #lost = false;

  /** `onLost` is called once, when nothing more can be written: the reader has gone, or the disk is full. */
  constructor(
    private readonly fd: number,
    private readonly onLost: (error: Error) => void,
  ) {}

  write(text: string): void {
    if (this.#lost || text === '') return;
    if (this.#pending === '') queueMicrotask(() => this.flush());
    this.#pending += text;
    if (this.#pending.length >= FLUSH_AT) this.flush();
  }

  /** Bytes, a character each. */
  writeBinary(bytes: string): void {
    if (isAscii(bytes)) this.write(bytes);
    else this.writeBytes(Buffer.from(bytes, 'latin1'));
  }

  writeBytes(bytes: Uint8Array): void {
    this.flush();
    this.#writeAll(bytes);
  }

  flush(): void {
    if (this.#pending === '') return;
    const text = this.#pending;
    this.#pending = '';
    this.#writeAll(Buffer.from(text));
  }

  #writeAll(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length && !this.#lost) {
      try {
        written += writeSync(this.fd, bytes, written);
      } catch (error) {
        // Someone we share the descriptor with has made it non-blocking.
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') pauseThread(RETRY_MS);
        else this.#lose(error as Error);
      }
    }
  }

  #lose(error: Error): void {
    this.#lost = true;
    this.#pending = '';
    this.onLost(error);
  }
}

/** Then it is the same text in UTF-8. */
function isAscii(bytes: string): boolean {
  return !/[^\0-\x7f]/.test(bytes);
}
