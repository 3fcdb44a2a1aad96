import type { ExecutionResult } from '../../../index.js';
import type { Console } from '../../console.js';
import type { Colours } from '../../text/colours.js';
import { durationOf } from '../../text/duration.js';
import { cut } from '../../text/width.js';
import { type Glyphs, glyphsFor } from '../../view/glyphs.js';
import { LiveScreen } from '../../view/live-screen.js';
import { ending, isFailure } from '../ending.js';
import { tailOfResult } from '../tail.js';
import type { PlanOnShow, RunView } from '../view.js';

/** For a person at a terminal: a row for each command that runs and a bar for the whole, above them a line for each that ended. */
export function liveView(console: Console, { plan, labels, logged }: PlanOnShow, colours: Colours): RunView {
  const screen = new LiveScreen(console, colours, plan.commands.length);
  const glyphs = glyphsFor(console.env);
  const tails = new Map<string, readonly string[]>();
  return {
    told(event) {
      const end = screen.advance(event, labels);
      if (!end) return;
      const { result, tail } = end;
      if (isFailure(result)) tails.set(result.id, [...tail]);
      screen.above(() => console.err.write(`${lineOf(result, labels(result.id), glyphs, colours)}\n`));
    },
    ended(result) {
      screen.stop();
      const tailOf = (one: ExecutionResult) => tails.get(one.id) ?? tailOfResult(one);
      for (const line of ending(result, { labels, colours, tailOf, logged })) console.err.write(`${line}\n`);
    },
  };
}

const LINE_COLUMNS = 200;

function lineOf(result: ExecutionResult, label: string, glyphs: Glyphs, colours: Colours): string {
  if (result.error === null)
    return `${colours.good(glyphs.completed)} ${label} ${colours.faint(durationOf(result.durationMs))}`;
  const mark = isFailure(result) ? colours.bad(glyphs.failed) : colours.faint(glyphs.cancelled);
  return `${mark} ${label} ${cut(result.error.message, LINE_COLUMNS)}`;
}
