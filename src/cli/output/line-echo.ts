import type { Sink } from './sink.js';

/** How long the end of a line waits for what follows. */
const LINE_END_DELAY_MS = 25;

/**
 * Writes one stream of a command on as it came. The end of a line is told apart from the end of the output only by what follows: it is written
 * with the next line or after a moment, and `end` knows whether the process wrote it.
 */
export class LineEcho {
  #lineEnd: NodeJS.Timeout | null = null;

  constructor(private readonly sink: Sink) {}

  /** `partial`: the line goes on. */
  write(line: string, partial: boolean): void {
    this.#endLine();
    this.sink.write(line);
    if (!partial) this.#lineEnd = setTimeout(() => this.#endLine(), LINE_END_DELAY_MS);
  }

  /** `whole`: the output ended with a line's end. */
  end(whole: boolean): void {
    if (whole) this.#endLine();
    else if (this.#lineEnd) clearTimeout(this.#lineEnd);
    this.#lineEnd = null;
  }

  #endLine(): void {
    if (this.#lineEnd === null) return;
    clearTimeout(this.#lineEnd);
    this.#lineEnd = null;
    this.sink.write('\n');
  }
}
