import type { ExecutionResult } from '../../../actors/protocol/execution.js';
import type { PlanCommand } from '../../../actors/protocol/plan.js';
import { count, grouped } from '../../text/count.js';
import { durationOf } from '../../text/duration.js';
import { labelOf, wordsOf } from '../../text/label-of.js';
import { logOf } from '../log-of.js';
import { type Markup, markup, type Piece } from '../markup.js';
import { outcomeOf } from '../outcome-of.js';
import { charactersEach, tailOf } from '../output-tail.js';
import type { RunReport } from '../run-report.js';
import { icon } from './icons.js';

const MOST_SHOWN = 200;
const MOST_OPEN = 3;
const MOST_REASONS = 10;
const MOST_NAMED = 10;
const LONGEST_WORDS = 2_000;

/** What failed or timed out, each with the end of what it wrote, and what never ran and why; nothing when all ran and went well. */
export function failures(run: RunReport): Markup | null {
  const { results } = run.result;
  const failed = [...results.keys()].filter((index) => isFailure(results[index]));
  const neverRan = [...results.keys()].filter((index) => outcomeOf(results[index] as ExecutionResult) === 'never ran');
  if (failed.length === 0 && neverRan.length === 0) return null;
  const shown = failed.slice(0, MOST_SHOWN);
  const mostCharacters = charactersEach(2 * shown.length);
  const left = failed.length - shown.length;
  return markup`<section id="failed"><h2>${failed.length > 0 ? 'What failed' : 'What never ran'}</h2>
${shown.map((index, place) => failure(run, index, place < MOST_OPEN, mostCharacters))}
${left === 0 ? null : markup`<p class="muted">${count(left, 'more command')} failed; see the <a href="#commands">table of all</a>.</p>`}
${whyNotRun(run, neverRan)}
</section>
`;
}

/** Those that `failures` shows, and that may be linked to. */
export function failuresShown({ result: { results } }: RunReport): ReadonlySet<number> {
  return new Set([...results.keys()].filter((index) => isFailure(results[index])).slice(0, MOST_SHOWN));
}

function isFailure(result: ExecutionResult | undefined): boolean {
  return result?.status === 'failed' || result?.status === 'timeout';
}

/** A reason for each that lacked something. What was stopped with the plan, or cancelled, has the reason of the whole. */
function whyNotRun(run: RunReport, neverRan: readonly number[]): Piece {
  const lacks = (index: number) => run.result.results[index]?.error?.code === 'DEPENDENCY_FAILED';
  const lacking = neverRan.filter(lacks);
  const others = neverRan.filter((index) => !lacks(index));
  const left = lacking.length - MOST_REASONS;
  return [
    lacking.slice(0, MOST_REASONS).map((index) => reason(run, index)),
    left <= 0 ? null : markup`<p class="muted">… and ${grouped(left)} more never ran.</p>`,
    others.length === 0 ? null : markup`<p class="muted">Never ran: ${namesOf(run, others)}.</p>`,
  ];
}

function reason(run: RunReport, index: number): Markup {
  const message = run.result.results[index]?.error?.message ?? '';
  return markup`<p class="muted"><span class="name">${labelOf(run.plan, index)}</span> never ran: ${message}</p>
`;
}

function namesOf(run: RunReport, indices: readonly number[]): Piece {
  const names = indices.slice(0, MOST_NAMED).map((index, at) => {
    return markup`${at === 0 ? '' : ', '}<span class="name">${labelOf(run.plan, index)}</span>`;
  });
  const left = indices.length - names.length;
  return left === 0 ? names : [names, ` and ${grouped(left)} more`];
}

function failure(run: RunReport, index: number, open: boolean, mostCharacters: number): Markup {
  const command = run.plan.commands[index] as PlanCommand;
  const result = run.result.results[index] as ExecutionResult;
  const { error, attempts, startedAt, durationMs } = result;
  const log = logOf(result, run.logged);
  return markup`<details class="failure"${open ? markup` open` : null}>
<summary>${icon(result.status)}<b class="name">${labelOf(run.plan, index)}</b><span class="outcome">${outcomeOf(result)}</span>${startedAt === null ? null : markup`<span class="muted">${durationOf(durationMs)}</span>`}</summary>
<div id="failure-${index}">
${error === null ? null : markup`<p class="error">${error.message} <code class="code">${error.code}</code></p>`}
<dl class="facts">
${fact('Command', wordsOf(command, LONGEST_WORDS))}
${attempts > 1 ? fact('Attempts', String(attempts)) : null}
${log === null ? null : fact('Log', log)}
</dl>
${written(result, mostCharacters)}</div>
</details>
`;
}

function fact(name: string, value: string): Markup {
  return markup`<dt>${name}</dt><dd><code>${value}</code></dd>`;
}

function written({ stdout, stderr }: ExecutionResult, mostCharacters: number): Markup {
  if (stdout === '' && stderr === '') return markup`<p class="stream">It wrote nothing.</p>`;
  return markup`${stream('stderr', stderr, mostCharacters)}${stream('stdout', stdout, mostCharacters)}`;
}

function stream(name: string, output: string, mostCharacters: number): Markup | null {
  if (output === '') return null;
  const { text, cut } = tailOf(output, mostCharacters);
  return markup`<p class="stream">${cut ? `end of ${name}` : name}</p>
<div class="tail" tabindex="0" role="region" aria-label="${name}"><pre>
${text}</pre></div>
`;
}
