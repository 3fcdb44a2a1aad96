import type { Sink } from './sink.js';

/** How long the end of a line waits for what follows. */
const LINE_END_DELAY_MS = 25;

/**
 * Writes one stream of a command on as it came. The end of a line is told apart from the end of the output only by what follows: it is written
 * with the next line or after a moment, and `end` knows whether the process wrote it.
 */
export class LineEcho {
  #lineEnds = false;
  #lines = 0;
  #bytes = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly sink: Pick<Sink, 'write'>) {}

  /** What has been written, with the line ends that are certain: less than came where bytes were no text or lines ended in `\r\n`. */
  get bytes(): number {
    return this.#bytes;
  }

  /** `partial`: the line goes on. */
  write(line: string, partial: boolean): void {
    const text = this.#lineEnds ? `\n${line}` : line;
    this.#bytes += Buffer.byteLength(text);
    this.sink.write(text);
    this.#lineEnds = !partial;
    this.#lines++;
    if (!partial) this.#timer ??= this.#endLineLater();
  }

  /** `whole`: the output ended with a line's end. */
  end(whole: boolean): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (whole) this.#endLine();
  }

  /** One timer for all lines: where more have come meanwhile, the last one gets its moment too. */
  #endLineLater(): NodeJS.Timeout {
    const lines = this.#lines;
    return setTimeout(() => {
      this.#timer = null;
      if (lines === this.#lines) this.#endLine();
      else this.#timer = this.#endLineLater();
    }, LINE_END_DELAY_MS);
  }

  #endLine(): void {
    if (this.#lineEnds) this.sink.write('\n');
    this.#lineEnds = false;
  }
}
