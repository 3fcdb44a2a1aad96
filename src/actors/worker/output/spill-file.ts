import { PrivateFile } from './private-file.js';

/** The whole of an oversized stream in a file: what was kept so far first, then everything that follows. */
export class SpillFile {
  #file: PrivateFile | null = null;
  #failure: string | null = null;

  constructor(private readonly path: string) {}

  /** Why the file is not whole; `null` when it is. */
  get failure(): string | null {
    return this.#failure;
  }

  push(bytes: Buffer): void {
    if (this.#failure !== null) return;
    try {
      this.#file ??= new PrivateFile(this.path, { append: false });
      this.#file.append(bytes);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** The path, if the file holds everything. */
  close(): string | undefined {
    const whole = this.#file !== null && this.#failure === null;
    this.#file?.close();
    this.#file = null;
    return whole ? this.path : undefined;
  }
}
