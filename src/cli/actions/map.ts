import { availableParallelism } from 'node:os';
import type { EngineConfig, ExecutionEngine } from '../../index.js';
import type { Console } from '../console.js';
import { type EngineOptions, engineConfig } from '../engine-config.js';
import { readInput } from '../input.js';
import { dryRun } from '../map/dry-run.js';
import { itemsIn } from '../map/item-source.js';
import { mapInBulk } from '../map/map-in-bulk.js';
import { mapItems } from '../map/map-items.js';
import { parseTemplate, type Template } from '../map/template.js';
import type { ItemView } from '../map/view.js';
import { groupedView } from '../map/views/grouped.js';
import { jsonView } from '../map/views/json.js';
import { lineView } from '../map/views/lines.js';
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
export async function map(console: Console, text: string, given: string[] | null, options: MapOptions) {
  const template = parseTemplate(text, options.shell ?? false);
  const input = given === null ? readInput() : null;
  const live = isLive(console, options, input?.typed ?? false);
  const { items, total } = input
    ? await itemsIn(input, options.null ? 0 : 10, live)
    : { items: [given ?? []], total: given?.length ?? 0 };
  if (options.dryRun) return dryRun(console, items, template);

  const { jobs = availableParallelism(), keepOrder = false, timeout: timeoutMs } = options;
  const window = Math.max(WINDOW_PER_JOB * jobs, keepOrder ? ORDERED_WINDOW : 0);
  const { interruption } = console;
  const settings = { template, jobs, timeoutMs, window, keepOrder, stopped: () => interruption.begun };
  const config = configOf(console, { ...options, jobs }, window);
  return withEngine(console, config, async (engine) => {
    interruption.onBegin(() => {
      input?.stop();
      engine.cancelAll('interrupted');
    });
    const view = live ? await liveViewOf(engine, console, options, total) : viewOf(engine, console, options);
    const inBulk = needsNoExecutions(view, template, config);
    const { done, failed, trouble } = await (inBulk ? mapInBulk : mapItems)(engine, items, settings, view);
    view.finish?.();
    if (trouble !== undefined) console.say(trouble);
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

/** Whether the items may do without an execution each: nobody looks at one while it runs, none has a log, and all run the same program. */
function needsNoExecutions({ started }: ItemView, { words: [program] }: Template, config: Partial<EngineConfig>) {
  const { maxOutputSizeBytes, oversizedOutputStrategy } = WHOLE_OUTPUT;
  const whole =
    config.maxOutputSizeBytes === maxOutputSizeBytes && config.oversizedOutputStrategy === oversizedOutputStrategy;
  return started === undefined && program?.length === 1 && !config.logOutput && whole;
}

/** `typed`: the items are typed at the terminal, where a view would be in the way. */
function isLive(console: Console, { json, lines, quiet, dryRun }: MapOptions, typed: boolean): boolean {
  return console.live && !typed && !json && !lines && !quiet && !dryRun;
}

/** What draws on a terminal is loaded for a terminal only. */
async function liveViewOf(engine: ExecutionEngine, console: Console, { color }: MapOptions, total: number | null) {
  const { liveView } = await import('../map/views/live.js');
  return liveView(engine, console, console.colours(color), total);
}

/** Where nobody looks at a live one. */
function viewOf(engine: ExecutionEngine, console: Console, options: MapOptions): ItemView {
  if (options.json) return jsonView(engine, console);
  if (options.lines) return lineView(console, console.colours(options.color));
  return groupedView(console, options.quiet ?? false);
}
