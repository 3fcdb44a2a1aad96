import { dependenciesOf } from '../graph/dependencies-of.js';
import { criticalPath } from './critical-path.js';
import { allCommands } from './html/all-commands.js';
import { failures } from './html/failures.js';
import { header } from './html/header.js';
import { page } from './html/page.js';
import { timeline } from './html/timeline.js';
import { whereTimeWent } from './html/where-time-went.js';
import { markup } from './markup.js';
import type { RunReport } from './run-report.js';
import { timeAccount } from './time-account.js';

/**
 * A run of a plan as one page of HTML that needs nothing beside it: how it ended, what failed and the end of its output, a timeline, where
 * time went, and a table of all commands. It can be read without scripts, and nothing a command wrote is more than text in it.
 */
export function htmlReport(run: RunReport): string {
  const { result } = run;
  const dependencies = dependenciesOf(run.plan);
  const account = timeAccount(result.results, result.totalDurationMs);
  const path = criticalPath(
    dependencies,
    result.results.map(({ durationMs }) => durationMs),
  );
  return page(
    run,
    markup`${header(run, account, path)}
<main>
${failures(run)}${timeline(run, dependencies, path)}${whereTimeWent(run, account, path)}${allCommands(run)}</main>`,
  ).toString();
}
