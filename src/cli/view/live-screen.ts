import type { ExecutionEvent, ExecutionResult } from '../../index.js';
import type { Console } from '../console.js';
import type { Colours } from '../text/colours.js';
import { frame } from './frame.js';
import { glyphsFor } from './glyphs.js';
import { Painter } from './painter.js';
import { advance, type Progress, startProgress } from './progress.js';

/** A terminal that shows how a run goes, and above that what is printed meanwhile. */
export class LiveScreen {
  readonly progress: Progress;
  readonly #console: Console;
  readonly #painter: Painter;

  /** `total`: how many commands there will be; `null` where that is not known yet. */
  constructor(console: Console, colours: Colours, total: number | null) {
    this.#console = console;
    this.progress = startProgress(performance.now(), total);
    const look = { colours, glyphs: glyphsFor(console.env) };
    this.#painter = new Painter(process.stderr, {
      frame: (width, height) => frame(this.progress, look, width, height, performance.now()),
      moves: () => this.progress.running.size > 0,
    });
    console.interruption.onBegin(() => {
      this.progress.interrupted = true;
      this.#painter.redraw();
    });
    // Wherever the end comes from, the terminal is left as it was found.
    process.once('exit', this.#stopAtExit);
  }

  /** Takes in what happened. Returns the end of a command: its result, and its last lines. */
  advance(
    event: ExecutionEvent,
    label: (executionId: string) => string,
  ): { result: ExecutionResult; tail: readonly string[] } | null {
    this.#painter.changed();
    return advance(this.progress, event, label, performance.now());
  }

  /** Something ended of which there are no events. */
  count(as: 'failed' | 'done'): void {
    this.progress.done++;
    if (as === 'failed') this.progress.failed++;
    this.#painter.changed();
  }

  expect(total: number): void {
    this.progress.total = total;
    this.#painter.changed();
  }

  /** `print` writes whole lines to the console, with the next frame. */
  above(print: () => void): void {
    this.#painter.above(() => {
      print();
      this.#console.out.flush();
      this.#console.err.flush();
    });
  }

  stop(): void {
    process.off('exit', this.#stopAtExit);
    this.#painter.stop();
  }

  readonly #stopAtExit = (): void => this.#painter.stop();
}
