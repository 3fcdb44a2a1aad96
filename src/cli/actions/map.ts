import { availableParallelism } from 'node:os';
import type { ExecutionEngine } from '../../index.js';
import type { Console } from '../console.js';
import { type EngineOptions, engineConfig } from '../engine-config.js';
import { readInput } from '../input.js';
import { dryRun } from '../map/dry-run.js';
import { itemsIn } from '../map/item-source.js';
import { mapItems } from '../map/map-items.js';
import { commandOf } from '../map/template.js';
import type { ItemView } from '../map/view.js';
import { groupedView } from '../map/views/grouped.js';
import { jsonView } from '../map/views/json.js';
import { lineView } from '../map/views/lines.js';
import { liveView } from '../map/views/live.js';
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
  dryRun?: boolean;
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
export async function map(console: Console, template: string, given: string[] | null, options: MapOptions) {
  const toCommand = commandOf(template, options.shell ?? false);
  const input = given === null ? readInput() : null;
  const live = isLive(console, options, input?.typed ?? false);
  const { items, total } = input
    ? await itemsIn(input, options.null ? 0 : 10, live)
    : { items: [given ?? []], total: given?.length ?? 0 };
  if (options.dryRun) return dryRun(console, items, toCommand);

  const { jobs = availableParallelism(), keepOrder = false, timeout: timeoutMs } = options;
  const window = Math.max(WINDOW_PER_JOB * jobs, keepOrder ? ORDERED_WINDOW : 0);
  const { interruption } = console;
  const settings = { commandOf: toCommand, timeoutMs, window, keepOrder, stopped: () => interruption.begun };
  return withEngine(console, configOf(console, { ...options, jobs }, window), async (engine) => {
    interruption.onBegin(() => {
      input?.stop();
      engine.cancelAll('interrupted');
    });
    const view = live
      ? liveView(engine, console, console.colours(options.color), total)
      : viewOf(engine, console, options);
    const { done, failed } = await mapItems(engine, items, settings, view);
    view.finish?.();
    if (interruption.cause?.type === 'signal') console.say(`interrupted after ${count(done - failed, 'item')}`);
    else if (failed > 0 && !interruption.begun) console.say(`${failed} of ${count(done, 'item')} failed`);
    return failed === 0;
  });
}

function configOf({ env }: Console, options: MapOptions, window: number) {
  return engineConfig(options, env, {
    // The commands need processors too.
    workerThreads: Math.min(4, Math.max(1, availableParallelism() >> 1)),
    maxInMemoryExecutions: 0,
    maxQueuedExecutions: window,
    ...(options.json || options.lines ? {} : WHOLE_OUTPUT),
  });
}

/** `typed`: the items are typed at the terminal, where a view would be in the way. */
function isLive(console: Console, { json, lines, quiet, dryRun }: MapOptions, typed: boolean): boolean {
  return console.live && !typed && !json && !lines && !quiet && !dryRun;
}

/** Where nobody looks at a live one. */
function viewOf(engine: ExecutionEngine, console: Console, options: MapOptions): ItemView {
  if (options.json) return jsonView(engine, console);
  if (options.lines) return lineView(console, console.colours(options.color));
  return groupedView(console, options.quiet ?? false);
}
