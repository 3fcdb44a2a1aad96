import type { ExecutionResult } from '../../../actors/protocol/execution.js';
import type { RunReport } from '../run-report.js';
import { waitOf } from '../time-account.js';

const MOST_BARS = 500;

/** Times are milliseconds from the start of the plan. */
export interface Bar {
  /** The command's place in the plan. */
  index: number;
  result: ExecutionResult;
  waitFromMs: number;
  waitMs: number;
  /** `null` when it never started. */
  startMs: number | null;
}

export interface Chart {
  bars: Bar[];
  /** What the whole width stands for. */
  spanMs: number;
  /** In CSS pixels. */
  rowHeight: number;
}

/** In the order of the plan; of more than 500 commands, those that ran longest. */
export function barsOf({ result, startedAt }: RunReport): Chart {
  const bars = longestOf(result.results).map((index) =>
    barOf(index, result.results[index] as ExecutionResult, startedAt),
  );
  const spanMs = bars.reduce(
    (span, bar) => Math.max(span, (bar.startMs ?? 0) + bar.result.durationMs, bar.waitFromMs + bar.waitMs),
    Math.max(1, result.totalDurationMs),
  );
  return { bars, spanMs, rowHeight: rowHeightOf(bars.length) };
}

function barOf(index: number, result: ExecutionResult, planStartedAt: number): Bar {
  const since = (time: number) => Math.max(0, time - planStartedAt);
  return {
    index,
    result,
    waitFromMs: since(result.queuedAt),
    waitMs: waitOf(result),
    startMs: result.startedAt === null ? null : since(result.startedAt),
  };
}

function longestOf(results: readonly ExecutionResult[]): number[] {
  const all = [...results.keys()];
  if (all.length <= MOST_BARS) return all;
  const durationMs = (index: number) => results[index]?.durationMs ?? 0;
  return all
    .sort((one, other) => durationMs(other) - durationMs(one))
    .slice(0, MOST_BARS)
    .sort((one, other) => one - other);
}

function rowHeightOf(bars: number): number {
  if (bars <= 40) return 28;
  return bars <= 150 ? 24 : 20;
}
