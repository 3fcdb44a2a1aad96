import type { ExecutionResult } from '../../../actors/protocol/execution.js';
import { grouped } from '../../text/count.js';
import { durationOf } from '../../text/duration.js';
import { labelOf, wordsOf } from '../../text/label-of.js';
import { type Markup, markup } from '../markup.js';
import { outcomeOf } from '../outcome-of.js';
import type { RunReport } from '../run-report.js';
import { waitOf } from '../time-account.js';
import { icon } from './icons.js';

const LONGEST_WORDS = 120;

export function allCommands(run: RunReport): Markup {
  const { results } = run.result;
  return markup`<section id="commands"><h2>All commands</h2>
<form class="filter" hidden>
<label>Show <select name="status"><option value="">all</option><option value="completed">completed</option><option value="failed">failed</option><option value="timeout">timed out</option><option value="cancelled">cancelled</option></select></label>
<label>containing <input name="text" type="search" autocomplete="off" spellcheck="false"></label>
<output class="muted">${grouped(results.length)} of ${grouped(results.length)}</output>
</form>
<div class="scroll"><table>
<thead><tr><th class="number" scope="col">#</th><th scope="col">Command</th><th scope="col">Status</th><th class="number" scope="col">Start</th><th class="number" scope="col">Waited</th><th class="number" scope="col">Duration</th></tr></thead>
<tbody>
${results.map((result, index) => row(run, result, index))}</tbody>
</table></div>
</section>
`;
}

function row(run: RunReport, result: ExecutionResult, index: number): Markup {
  const { status, startedAt, durationMs, attempts } = result;
  const command = run.plan.commands[index];
  const words =
    command?.name === undefined ? null : markup` <code class="muted">${wordsOf(command, LONGEST_WORDS)}</code>`;
  const tries = attempts > 1 ? `, ${attempts} attempts` : '';
  const start = startedAt === null ? '–' : `+${durationOf(Math.max(0, startedAt - run.startedAt))}`;
  return markup`<tr id="command-${index}" data-status="${status}"><td class="number muted">${index}</td><th scope="row"><span class="name">${labelOf(run.plan, index)}</span>${words}</th><td class="nowrap">${icon(status)}${outcomeOf(result)}${tries}</td><td class="number">${start}</td><td class="number">${waited(result)}</td><td class="number">${startedAt === null ? '–' : durationOf(durationMs)}</td></tr>
`;
}

function waited(result: ExecutionResult): string {
  const waitMs = waitOf(result);
  return waitMs < 1 ? '–' : durationOf(waitMs);
}
