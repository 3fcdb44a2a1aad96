import { availableParallelism } from 'node:os';
import type { ExecutionEngine } from '../../index.js';
import type { Console } from '../console.js';
import { type EngineOptions, engineConfig } from '../engine-config.js';
import { readInput } from '../input.js';
import { type Item, ItemSplitter } from '../map/items.js';
import { mapItems } from '../map/map-items.js';
import { commandOf } from '../map/template.js';
import type { ItemOutcome, ItemView } from '../map/view.js';
import { complain } from '../map/views/complain.js';
import { groupedView } from '../map/views/grouped.js';
import { lineView } from '../map/views/lines.js';
import { liveView } from '../map/views/live.js';
import { writeEvents } from '../output/json-lines.js';
import { WHOLE_OUTPUT } from '../output/whole-output.js';
import { withEngine } from '../session.js';
import { count } from '../text/count.js';

export interface MapOptions extends EngineOptions {
  shell?: boolean;
  null?: boolean;
  keepOrder?: boolean;
  lines?: boolean;
  json?: boolean;
  quiet?: boolean;
  color?: boolean;
  /** Milliseconds, for each item. */
  timeout?: number;
}

/** Items that are begun and not yet told of, per job: enough that no slot waits for the next one. */
const WINDOW_PER_JOB = 4;
/** With `--keep-order`, so that a slow item does not hold the others up. */
const ORDERED_WINDOW = 1_000;

/**
 * Runs a command for each item: those given, or with `null` those on standard input. Resolves with the exit code.
 * @throws {BadInputError} for a template that cannot be used
 */
export async function map(console: Console, template: string, given: readonly string[] | null, options: MapOptions) {
  const toCommand = commandOf(template, options.shell ?? false);
  const { jobs = availableParallelism(), keepOrder = false, timeout } = options;
  const window = Math.max(WINDOW_PER_JOB * jobs, keepOrder ? ORDERED_WINDOW : 0);
  const grouped = !options.json && !options.lines;
  const config = engineConfig({ ...options, jobs }, console.env, {
    maxInMemoryExecutions: 0,
    maxQueuedExecutions: window,
    ...(grouped ? WHOLE_OUTPUT : {}),
  });
  return withEngine(console, config, async (engine) => {
    const { interruption } = console;
    const input = given === null ? readInput() : null;
    interruption.onBegin(() => {
      input?.stop();
      engine.cancelAll('interrupted');
    });
    const view = viewOf(engine, console, options, input === null || !process.stdin.isTTY);
    const settings = { commandOf: toCommand, timeoutMs: timeout, window, keepOrder, stopped: () => interruption.begun };
    const items = input ? itemsIn(input.chunks, options.null ?? false) : [given as string[]];
    const { done, failed } = await mapItems(engine, items, settings, view);
    view.finish?.();
    if (interruption.begun) console.say(`interrupted after ${count(done - failed, 'item')}`);
    else if (failed > 0) console.say(`${failed} of ${count(done, 'item')} failed`);
    return failed === 0;
  });
}

function viewOf(engine: ExecutionEngine, console: Console, options: MapOptions, mayRedraw: boolean): ItemView {
  const colours = console.colours(options.color);
  if (options.json) {
    writeEvents(engine, console.out);
    return { ended: (outcome: ItemOutcome) => complain(outcome, console) };
  }
  if (options.lines) return lineView(console, colours);
  if (console.live && mayRedraw && !options.quiet) return liveView(engine, console, colours);
  return groupedView(console, options.quiet ?? false);
}

async function* itemsIn(chunks: AsyncIterable<Buffer>, nul: boolean): AsyncGenerator<Item[]> {
  const splitter = new ItemSplitter(nul ? 0 : 10);
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}
