import type { TerminalStatus } from '../../../actors/protocol/execution.js';
import { describeStrategy } from '../../graph/describe-strategy.js';
import { count, grouped } from '../../text/count.js';
import { durationOf } from '../../text/duration.js';
import type { CriticalPath } from '../critical-path.js';
import { type Markup, markup } from '../markup.js';
import type { RunReport } from '../run-report.js';
import type { TimeAccount } from '../time-account.js';
import { icon } from './icons.js';
import { percentOf } from './percent.js';

const STATUSES: readonly TerminalStatus[] = ['completed', 'failed', 'timeout', 'cancelled'];
const IN_WORDS: Record<TerminalStatus, string> = {
  completed: 'completed',
  failed: 'failed',
  timeout: 'timed out',
  cancelled: 'cancelled',
};

export function header(
  { title, plan, result, startedAt }: RunReport,
  account: TimeAccount,
  path: CriticalPath,
): Markup {
  const { status, stats } = result;
  const at = new Date(startedAt).toISOString();
  return markup`<header>
<p class="status ${status}">${icon(status)}${IN_WORDS[status]}</p>
<h1>${title}</h1>
<p class="muted">${count(plan.commands.length, 'command')}, ${describeStrategy(plan.strategy)} · <time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time></p>
<dl class="figures">
${figure('Total time', durationOf(account.wallMs), 'from submission to end')}
${figure('Run time', durationOf(account.runMs), 'of all commands together')}
${figure('Parallelism', `${account.parallelism.toFixed(1)}×`, `on average, ${grouped(account.peak)} at the peak`)}
${figure('Critical path', durationOf(path.durationMs), `${percentOf(path.durationMs, account.wallMs)} of the total`)}
</dl>
<div class="share" aria-hidden="true">${STATUSES.map((one) => (stats[one] === 0 ? null : markup`<span class="${one}" style="flex-grow:${stats[one]}"></span>`))}</div>
<ul class="counts">${STATUSES.map((one) => markup`<li class="${stats[one] === 0 ? 'none' : 'some'}">${icon(one)}<b>${grouped(stats[one])}</b> ${IN_WORDS[one]}</li>`)}</ul>
</header>`;
}

function figure(name: string, value: string, note: string): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd><dd class="muted">${note}</dd></div>`;
}
