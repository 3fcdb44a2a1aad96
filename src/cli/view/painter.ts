import { createLogUpdate } from 'log-update';
import { rowsToErase } from './reflow.js';

const FRAME_MS = 100;
/** How late a terminal may say that it has another size. */
const RESIZE_NOTICE_MS = 500;
// What is too wide for a terminal that has just become narrower is cut, not broken.
const [NO_WRAP, WRAP] = ['\x1b[?7l', '\x1b[?7h'];

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
  /** Frames that may still be on the screen or have been a moment ago, the newest last. */
  #recent: Array<{ rows: string[]; at: number }> = [];
  #prints: Array<() => void> = [];
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(canvas: NodeJS.WriteStream, picture: Picture) {
    this.#canvas = canvas;
    this.#picture = picture;
    this.#draw = createLogUpdate(unwrapped(canvas));
    canvas.on('resize', this.#resized);
  }

  /** A frame follows soon. */
  changed(): void {
    if (this.#stopped) return;
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

  /** Draws all of it anew, over what the terminal itself has put there: the keys that were pressed. */
  redraw(): void {
    this.#draw.clear();
    this.#paint();
  }

  /** Takes the picture away, for good. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#canvas.off('resize', this.#resized);
    this.#print();
    this.#draw.clear();
    this.#draw.done();
  }

  #paint(): void {
    this.#print();
    const rows = this.#picture.frame(this.#canvas.columns, this.#canvas.rows);
    const at = performance.now();
    this.#recent = [...this.#recent.filter((frame) => at - frame.at < RESIZE_NOTICE_MS), { rows, at }];
    this.#draw(rows.join('\n'));
  }

  #print(): void {
    if (this.#prints.length === 0) return;
    this.#draw.clear();
    const prints = this.#prints;
    this.#prints = [];
    for (const print of prints) print();
  }

  readonly #resized = (): void => {
    if (this.#recent.length === 0) return;
    const frames = this.#recent.map(({ rows }) => rows);
    this.#canvas.write(`\x1b[${rowsToErase(frames, this.#canvas.columns)}A\r\x1b[J`);
    this.#recent = [];
    this.#draw.done(); // what it remembers of the last frame is no longer true
    this.#paint();
  };
}

/** The same terminal, in which no row that is written is broken. */
function unwrapped(canvas: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(canvas, {
    get(target, name) {
      if (name === 'write') return (text: string) => target.write(`${NO_WRAP}${text}${WRAP}`);
      return Reflect.get(target, name, target);
    },
  });
}
