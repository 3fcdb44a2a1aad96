import { createLogUpdate } from 'log-update';
import { rowsTaken } from '../text/width.js';

const FRAME_MS = 100;

/** What a painter draws. */
export interface Picture {
  /** The rows as they are now; none may be wider than `width`, and together they may not be higher than `height`. */
  frame(width: number, height: number): string[];
  /** Whether it goes on changing by itself, as clocks do. */
  moves(): boolean;
}

/** Draws a picture over and over at the bottom of a terminal, at most ten times a second, and only while it changes. */
export class Painter {
  readonly #canvas: NodeJS.WriteStream;
  readonly #picture: Picture;
  readonly #draw: ReturnType<typeof createLogUpdate>;
  #shown: string[] = [];
  #prints: Array<() => void> = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(canvas: NodeJS.WriteStream, picture: Picture) {
    this.#canvas = canvas;
    this.#picture = picture;
    this.#draw = createLogUpdate(canvas);
    canvas.on('resize', this.#resized);
  }

  /** A frame follows soon. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#paint();
      if (this.#picture.moves()) this.changed();
    }, FRAME_MS).unref();
  }

  /** `print` writes whole lines, which stay above the picture. It is called with the next frame, in order. */
  above(print: () => void): void {
    this.#prints.push(print);
    this.changed();
  }

  /** Takes the picture away, for good. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#canvas.off('resize', this.#resized);
    this.#print();
    this.#draw.clear();
    this.#draw.done();
  }

  #paint(): void {
    this.#print();
    const { columns, rows } = this.#canvas;
    // The last column stays free: some terminals break the line behind it.
    this.#shown = this.#picture.frame(columns - 1, rows);
    this.#draw(this.#shown.join('\n'));
  }

  #print(): void {
    if (this.#prints.length === 0) return;
    this.#draw.clear();
    const prints = this.#prints;
    this.#prints = [];
    for (const print of prints) print();
  }

  /**
   * A terminal that has become narrower has broken the rows into several, and each has to be erased. Only then is what the drawing remembers of
   * the last frame thrown away.
   */
  readonly #resized = (): void => {
    if (this.#shown.length === 0) return;
    const taken = this.#shown.reduce((sum, row) => sum + rowsTaken(row, this.#canvas.columns), 0);
    this.#canvas.write(`\x1b[${taken}A\r\x1b[J`);
    this.#draw.done();
    this.#paint();
  };
}
