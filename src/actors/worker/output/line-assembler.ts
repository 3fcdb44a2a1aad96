import { characterBoundary } from './utf8.js';

/** `partial`: one piece of an overlong line. Otherwise whole lines, joined with `\n`. */
export type LineSink = (text: string, partial: boolean) => void;

const LF = 0x0a;
const CR = 0x0d;
const EMPTY = Buffer.alloc(0);

/**
 * Cuts a stream of bytes into lines. All the whole lines of a chunk travel as one string, because one string crosses a thread
 * border for the price of a copy and thousands do not. Keeps at most `maxLineBytes` of an unfinished line.
 */
export class LineAssembler {
  #carry: Buffer = EMPTY;

  constructor(
    private readonly maxLineBytes: number,
    private readonly sink: LineSink,
  ) {}

  push(chunk: Buffer): void {
    const lastBreak = chunk.lastIndexOf(LF);
    if (lastBreak === -1) return this.#hold(chunk);

    const firstBreak = this.#carry.length === 0 ? -1 : chunk.indexOf(LF);
    if (firstBreak !== -1) {
      this.#endCarriedLine(chunk.subarray(0, firstBreak));
    }
    if (lastBreak > firstBreak) this.#wholeLines(chunk.subarray(firstBreak + 1, lastBreak));
    this.#hold(chunk.subarray(lastBreak + 1));
  }

  /** The stream has ended: what is held is the last line. */
  end(): void {
    if (this.#carry.length > 0) this.#endCarriedLine(EMPTY);
  }

  /** Forgets an unfinished line. */
  reset(): void {
    this.#carry = EMPTY;
  }

  #endCarriedLine(rest: Buffer): void {
    const line = rest.length === 0 ? this.#carry : Buffer.concat([this.#carry, rest]);
    this.#carry = EMPTY;
    this.#line(line);
  }

  /** Lines without the last one's break, as many at a time as fit into `maxLineBytes`. */
  #wholeLines(block: Buffer): void {
    let start = 0;
    while (block.length - start > this.maxLineBytes) {
      const lastBreak = block.lastIndexOf(LF, start + this.maxLineBytes);
      if (lastBreak >= start) {
        this.sink(decodeLines(block.subarray(start, lastBreak)), false);
        start = lastBreak + 1;
      } else {
        const end = block.indexOf(LF, start);
        if (end === -1) return this.#line(block.subarray(start));
        this.#line(block.subarray(start, end));
        start = end + 1;
      }
    }
    this.sink(decodeLines(block.subarray(start)), false);
  }

  #line(line: Buffer): void {
    const rest = this.#pieces(line);
    this.sink(decodeLines(rest), false);
  }

  /** Emits overlong pieces and returns what is left, at most `maxLineBytes`. */
  #pieces(line: Buffer): Buffer {
    let rest = line;
    while (rest.length > this.maxLineBytes) {
      const cut = this.#cut(rest);
      this.sink(rest.toString('utf8', 0, cut), true);
      rest = rest.subarray(cut);
    }
    return rest;
  }

  #cut(bytes: Buffer): number {
    const boundary = characterBoundary(bytes, this.maxLineBytes) || this.maxLineBytes;
    // A carriage return at the cut may be half of a line ending: it goes with what follows.
    return boundary > 1 && bytes[boundary - 1] === CR ? boundary - 1 : boundary;
  }

  #hold(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const held = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes]);
    const rest = this.#pieces(held);
    // A copy: a view would keep a whole read buffer alive for a few bytes.
    this.#carry = rest === held && this.#carry.length > 0 ? held : Buffer.from(rest);
  }
}

/** Decodes lines and removes the carriage return that ends one. */
function decodeLines(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return bytes.includes(CR) ? text.replace(/\r(?=\n)|\r$/g, '') : text;
}
