import { grouped } from '../../text/count.js';
import { durationOf } from '../../text/duration.js';
import { labelOf } from '../../text/label-of.js';
import type { CriticalPath } from '../critical-path.js';
import { type Markup, markup } from '../markup.js';
import type { RunReport } from '../run-report.js';
import type { TimeAccount } from '../time-account.js';
import { lengthOf, percentOf } from './percent.js';

const MOST_SLOWEST = 10;
const MOST_OF_PATH = 20;

export function whereTimeWent(run: RunReport, account: TimeAccount, path: CriticalPath): Markup {
  const { results } = run.result;
  const longest = byDuration(run, [...results.keys()]).slice(0, MOST_SLOWEST);
  const ofPath = new Set(byDuration(run, path.commands).slice(0, MOST_OF_PATH));
  const shownOfPath = path.commands.filter((index) => ofPath.has(index));
  return markup`<section id="time"><h2>Where time went</h2>
<p>${inWords(account)}</p>
<div class="columns">
<div><h3>Critical path</h3>
<p class="muted">The longest chain of dependencies: ${durationOf(path.durationMs)}, ${percentOf(path.durationMs, account.wallMs)} of the total. However many run at once, the plan takes no less.</p>
<ol class="shares">${shownOfPath.map((index) => share(run, index, account.wallMs))}</ol>
${shownOfPath.length < path.commands.length ? markup`<p class="muted">The ${shownOfPath.length} longest of its ${grouped(path.commands.length)} commands.</p>` : null}
</div>
<div><h3>Slowest commands</h3>
<p class="muted">${longest.length === MOST_SLOWEST && results.length > MOST_SLOWEST ? `The ${longest.length} that ran longest, of ${grouped(results.length)}` : 'By run time'}, with their share of the total.</p>
<ol class="shares">${longest.map((index) => share(run, index, account.wallMs))}</ol>
</div>
</div>
</section>
`;
}

function inWords({ wallMs, runMs, waitMs, parallelism }: TimeAccount): string {
  const ran = `The commands ran ${durationOf(runMs)} in all, within ${durationOf(wallMs)}: ${parallelism.toFixed(1)} at once on average.`;
  return waitMs < 1 ? ran : `${ran} They waited ${durationOf(waitMs)} in all to start.`;
}

/** Those that ran, the longest first. */
function byDuration({ result }: RunReport, indices: readonly number[]): number[] {
  const durationMs = (index: number) => result.results[index]?.durationMs ?? 0;
  return indices.filter((index) => durationMs(index) > 0).sort((one, other) => durationMs(other) - durationMs(one));
}

function share(run: RunReport, index: number, wallMs: number): Markup {
  const durationMs = run.result.results[index]?.durationMs ?? 0;
  const status = run.result.results[index]?.status ?? 'completed';
  return markup`<li><span class="name">${labelOf(run.plan, index)}</span><span class="number">${durationOf(durationMs)}</span><span class="number muted">${percentOf(durationMs, wallMs)}</span><span class="meter"><span class="${status}" style="width:${lengthOf(durationMs, wallMs)}"></span></span></li>`;
}
