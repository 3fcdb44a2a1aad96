import type { ExecutionEvent, ExecutionResult } from '../../index.js';

/** Lines kept of each running command, for the end of the failed ones. */
export const TAIL_LINES = 10;

/** A command that runs or waits to be tried again. Times are milliseconds of a monotonic clock. */
export interface RunningCommand {
  readonly label: string;
  readonly startedAt: number;
  readonly waitsForRetry: boolean;
  /** The last ones of both streams, as they came. */
  readonly tail: readonly string[];
}

/** What a view shows of a run. */
export interface Progress {
  readonly startedAt: number;
  /** `null` while it is not known how many there will be. */
  total: number | null;
  /** In order of their start. */
  readonly running: Map<string, RunningCommand>;
  /** Have a result; those that never ran included. */
  done: number;
  failed: number;
  /** Began and were cancelled; not among the failed. */
  cancelled: number;
  /** Of those that ran to their end. */
  readonly durations: { count: number; sumMs: number; longestMs: number };
  interrupted: boolean;
}

/** How a command ended, and its last lines. */
export interface Ending {
  result: ExecutionResult;
  tail: readonly string[];
}

export function startProgress(startedAt: number, total: number | null): Progress {
  const durations = { count: 0, sumMs: 0, longestMs: 0 };
  return { startedAt, total, running: new Map(), done: 0, failed: 0, cancelled: 0, durations, interrupted: false };
}

/** Takes in one event, and returns the end of a command where it is one. */
export function advance(
  progress: Progress,
  event: ExecutionEvent,
  label: (executionId: string) => string,
  now: number,
): Ending | null {
  if ('planId' in event) {
    if (event.type === 'progress') progress.done = Math.max(progress.done, event.completed);
    return null;
  }
  const { executionId: id } = event;
  const command = progress.running.get(id);
  switch (event.type) {
    case 'queued':
    case 'output_truncated':
      return null;
    case 'started': {
      const { label: known = label(id), startedAt = now, tail = [] } = command ?? {};
      progress.running.set(id, { label: known, startedAt, waitsForRetry: false, tail });
      return null;
    }
    case 'stdout':
    case 'stderr':
      if (command) progress.running.set(id, { ...command, tail: [...command.tail.slice(1 - TAIL_LINES), event.line] });
      return null;
    case 'retrying':
      if (command) progress.running.set(id, { ...command, waitsForRetry: true });
      return null;
    default:
      progress.running.delete(id);
      end(progress, event.result);
      return { result: event.result, tail: command?.tail ?? [] };
  }
}

function end(progress: Progress, result: ExecutionResult): void {
  progress.done++;
  if (result.status === 'cancelled') progress.cancelled++;
  else if (result.status !== 'completed') progress.failed++;
  if (result.startedAt === null) return;
  progress.durations.count++;
  progress.durations.sumMs += result.durationMs;
  progress.durations.longestMs = Math.max(progress.durations.longestMs, result.durationMs);
}
