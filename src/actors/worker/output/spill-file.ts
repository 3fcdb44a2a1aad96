import { isOutOfDescriptors } from '../out-of-descriptors.js';
import { PrivateFile } from './private-file.js';

/** What waits in memory while there is no descriptor for the file: a command ends, and there is one. */
const MOST_HELD_BYTES = 262_144;

/** The whole of an oversized stream in a file: what was kept so far first, then everything that follows. */
export class SpillFile {
  #file: PrivateFile | null = null;
  #failure: string | null = null;
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(private readonly path: string) {}

  /** Why the file is not whole; `null` when it is. */
  get failure(): string | null {
    return this.#failure;
  }

  push(bytes: Buffer): void {
    if (this.#failure !== null) return;
    try {
      this.#open().append(bytes);
    } catch (error) {
      if (isOutOfDescriptors(error) && this.#heldBytes + bytes.length <= MOST_HELD_BYTES) this.#hold(bytes);
      else this.#fail(error);
    }
  }

  /** The path, if the file holds everything. */
  close(): string | undefined {
    try {
      if (this.#held.length > 0) this.#open();
    } catch (error) {
      this.#fail(error);
    }
    const whole = this.#file !== null && this.#failure === null;
    this.#file?.close();
    this.#file = null;
    return whole ? this.path : undefined;
  }

  #open(): PrivateFile {
    if (this.#file === null) {
      this.#file = new PrivateFile(this.path, { append: false });
      for (const bytes of this.#held.splice(0)) this.#file.append(bytes);
    }
    return this.#file;
  }

  #hold(bytes: Buffer): void {
    this.#held.push(Buffer.from(bytes));
    this.#heldBytes += bytes.length;
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    this.#held = [];
  }
}
