import { randomUUID } from 'node:crypto';
import type { ExecutionPlan } from '../../index.js';
import type { Console } from '../console.js';
import { type EngineOptions, engineConfig } from '../engine-config.js';
import { EXIT_CODE } from '../exit-code.js';
import { readPlan } from '../plan-source.js';
import { adaptPlan, type PlanOptions } from '../run/adapt-plan.js';
import { dryRun } from '../run/dry-run.js';
import { labelsOf } from '../run/labels.js';
import { checkReportFiles, type ReportOptions, writeReportFiles } from '../run/report-files.js';
import type { RunView } from '../run/view.js';
import { jsonView } from '../run/views/json.js';
import { lineView } from '../run/views/lines.js';
import { liveView } from '../run/views/live.js';
import { quietView } from '../run/views/quiet.js';
import { withEngine } from '../session.js';
import { version } from '../version.js';

export interface RunOptions extends EngineOptions, PlanOptions, ReportOptions {
  dryRun?: boolean;
  quiet?: boolean;
  json?: boolean;
  color?: boolean;
}

/**
 * Runs the plan in a file. Resolves with the exit code.
 * @throws {PlanFileError | ValidationError} for a plan that cannot be run, {BadInputError} for a report that could not be written
 */
export async function run(console: Console, file: string, options: RunOptions): Promise<number> {
  const plan = adaptPlan(await readPlan(file), options, randomUUID);
  checkReportFiles(options, file);
  if (options.dryRun) {
    console.out.write(dryRun(plan));
    return EXIT_CODE.completed;
  }
  const config = engineConfig(options, console.env, { maxInMemoryExecutions: 0 });
  return withEngine(console, config, async (engine) => {
    const view = viewOf(console, plan, options);
    const startedAt = Date.now();
    const execution = engine.executePlan(plan);
    execution.events$.subscribe((event) => view.told(event));
    console.interruption.onBegin(() => execution.cancel('interrupted'));
    const result = await execution.result;
    view.ended(result);
    const logged = options.logDir !== undefined;
    const report = { title: plan.description ?? file, plan, result, startedAt, logged, version };
    const problems = writeReportFiles(options, report);
    problems.forEach(console.say);
    return result.status === 'completed' && problems.length === 0;
  });
}

function viewOf(console: Console, plan: ExecutionPlan, { json, quiet, color, logDir }: RunOptions): RunView {
  const shown = { plan, labels: labelsOf(plan), logged: logDir !== undefined };
  const colours = console.colours(color);
  if (json) return jsonView(console, shown);
  if (quiet) return quietView(console, shown, colours);
  return console.live ? liveView(console, shown, colours) : lineView(console, shown, colours);
}
