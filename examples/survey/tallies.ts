/** What can be asked of a stream of events or outcomes: one operator to a question. */
import type { ExecutionEvent } from 'execrx';
import { count, filter, groupBy, map, mergeMap, type OperatorFunction, pipe, reduce, toArray, windowTime } from 'rxjs';
import type { Outcome } from './outcome.js';

export interface KindTally {
  kind: string;
  runs: number;
  meanMs: number;
}

export interface FailureTally {
  code: string;
  count: number;
  example: string;
}

/** Lines per second of all executions together, told once per window. */
export function lineRates(windowMs: number): OperatorFunction<ExecutionEvent, number> {
  return pipe(
    filter(({ type }) => type === 'stdout' || type === 'stderr'),
    windowTime(windowMs),
    mergeMap((window$) => window$.pipe(count())),
    map((lines) => (lines * 1_000) / windowMs),
  );
}

export function peakAndSum(windowMs: number): OperatorFunction<number, { peakLinesPerSec: number; lines: number }> {
  return reduce(
    ({ peakLinesPerSec, lines }, rate) => ({
      peakLinesPerSec: Math.max(peakLinesPerSec, rate),
      lines: lines + (rate * windowMs) / 1_000,
    }),
    { peakLinesPerSec: 0, lines: 0 },
  );
}

export function slowest(howMany: number): OperatorFunction<Outcome, Outcome[]> {
  return reduce<Outcome, Outcome[]>(
    (top, outcome) => [...top, outcome].sort((a, b) => b.result.durationMs - a.result.durationMs).slice(0, howMany),
    [],
  );
}

export function byKind(): OperatorFunction<Outcome, KindTally[]> {
  return pipe(
    groupBy(({ kind }) => kind),
    mergeMap((group$) =>
      group$.pipe(
        reduce(({ runs, totalMs }, { result }) => ({ runs: runs + 1, totalMs: totalMs + result.durationMs }), {
          runs: 0,
          totalMs: 0,
        }),
        map(({ runs, totalMs }) => ({ kind: group$.key, runs, meanMs: totalMs / runs })),
      ),
    ),
    toArray(),
  );
}

export function failuresByCode(): OperatorFunction<Outcome, FailureTally[]> {
  return pipe(
    groupBy(({ result }) => result.error?.code),
    mergeMap((group$) =>
      group$.key === undefined
        ? []
        : group$.pipe(
            toArray(),
            map((outcomes) => ({
              code: String(group$.key),
              count: outcomes.length,
              example: outcomes[0]?.label ?? '',
            })),
          ),
    ),
    toArray(),
  );
}

export function capped(): OperatorFunction<Outcome, Outcome[]> {
  return pipe(
    filter(({ result }) => result.output.truncated),
    toArray(),
  );
}

/** The sum of the numbers that commands of this kind print first. */
export function sumOfNumbers(kind: string): OperatorFunction<Outcome, number> {
  return pipe(
    filter((outcome) => outcome.kind === kind),
    map(({ result }) => Number.parseInt(result.stdout, 10) || 0),
    reduce((sum, number) => sum + number, 0),
  );
}
