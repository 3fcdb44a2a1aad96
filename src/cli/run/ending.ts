import type { ExecutionResult, PlanExecutionResult } from '../../index.js';
import { logOf } from '../report/log-of.js';
import type { Colours } from '../text/colours.js';
import { count } from '../text/count.js';
import { durationOf } from '../text/duration.js';
import { plainText } from '../text/plain-text.js';
import { cut } from '../text/width.js';

/** More would not be read; the reports have them all. */
const MOST_FAILURES = 20;
const MOST_REASONS = 10;
const MOST_NAMES = 10;
const LINE_COLUMNS = 500;

export interface EndingLook {
  labels: (executionId: string) => string;
  colours: Colours;
  /** The last lines of a command, to be shown where it failed. */
  tailOf: (result: ExecutionResult) => readonly string[];
  /** Whether the commands have logs. */
  logged: boolean;
}

/** What is said at the end of a run: what failed, with its last lines and its log, what never ran and why, and the whole in one line. */
export function ending(result: PlanExecutionResult, look: EndingLook): string[] {
  const failed = result.results.filter(isFailure);
  const neverRan = result.results.filter(({ error, startedAt }) => startedAt === null && isConsequence(error?.code));
  const lines = failed.slice(0, MOST_FAILURES).flatMap((one) => failure(one, look));
  if (failed.length > MOST_FAILURES) lines.push(`… and ${failed.length - MOST_FAILURES} more failed`);
  lines.push(...whyNotRun(neverRan, look));
  lines.push(summary(result, failed.length, neverRan.length, look.colours));
  return lines;
}

/** Whether a command did not do its work, and it was neither a consequence of another's failure nor wanted. */
export function isFailure({ status }: ExecutionResult): boolean {
  return status === 'failed' || status === 'timeout';
}

function isConsequence(code: string | undefined): boolean {
  return code === 'DEPENDENCY_FAILED' || code === 'PLAN_STOPPED' || code === 'CANCELLED';
}

function failure(result: ExecutionResult, { labels, colours, tailOf, logged }: EndingLook): string[] {
  const head = `${colours.bad(colours.strong(labels(result.id)))}: ${result.error?.message ?? result.status}`;
  const tail = tailOf(result).map((line) => colours.faint(`  | ${cut(plainText(line), LINE_COLUMNS)}`));
  const log = logOf(result, logged);
  return [head, ...tail, ...(log === null ? [] : [`  log: ${log}`])];
}

/** A reason for each that lacked something. What was stopped with the plan, or cancelled, has the reason of the whole. */
function whyNotRun(neverRan: readonly ExecutionResult[], look: EndingLook): string[] {
  const lacking = neverRan.filter(({ error }) => error?.code === 'DEPENDENCY_FAILED');
  const others = neverRan.filter(({ error }) => error?.code !== 'DEPENDENCY_FAILED');
  const lines = lacking
    .slice(0, MOST_REASONS)
    .map(({ id, error }) => `${look.labels(id)} never ran: ${cut(error?.message ?? '', LINE_COLUMNS)}`);
  if (lacking.length > MOST_REASONS) lines.push(`… and ${lacking.length - MOST_REASONS} more never ran`);
  if (others.length > 0) lines.push(`never ran: ${names(others, look)}`);
  return lines;
}

function names(results: readonly ExecutionResult[], { labels }: EndingLook): string {
  const shown = results.slice(0, MOST_NAMES).map(({ id }) => labels(id));
  const left = results.length - shown.length;
  return left === 0 ? shown.join(', ') : `${shown.join(', ')} and ${left} more`;
}

function summary(
  { status, stats, totalDurationMs }: PlanExecutionResult,
  failed: number,
  neverRan: number,
  colours: Colours,
) {
  const stopped = stats.cancelled - neverRan;
  const parts = [`${stats.completed} of ${count(stats.total, 'command')} completed`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (stopped > 0) parts.push(`${stopped} cancelled`);
  if (neverRan > 0) parts.push(`${neverRan} never ran`);
  if (status === 'timeout') parts.push('the time for the plan ran out');
  const text = `${parts.join(', ')} in ${durationOf(totalDurationMs)}`;
  return status === 'completed' ? colours.good(text) : colours.bad(text);
}
