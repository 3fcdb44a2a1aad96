import type { TerminalEvent } from '../actors/protocol/event.js';
import type { ExecutionResult, Failure, RetryPolicy, TerminalStatus } from '../actors/protocol/execution.js';
import type { AttemptOutcome } from '../actors/protocol/wire.js';
import type { ExecutionRecord } from './record.js';

/** The result of an execution whose last attempt ended like this. */
export function resultOf(record: ExecutionRecord, outcome: AttemptOutcome, endedMonotonicMs: number): ExecutionResult {
  const { logFailure: _, startedAt: __, endedAt, durationMs, error, ...rest } = outcome;
  const retried = record.attempt > 1 && record.startedAt !== null;
  return {
    id: record.id,
    ...rest,
    attempts: record.attempt,
    queuedAt: record.queuedAt,
    startedAt: record.startedAt,
    completedAt: endedAt,
    durationMs: retried ? endedMonotonicMs - record.startedMonotonicMs : durationMs,
    logPath: record.logPath,
    error: error?.code === 'CANCELLED' && record.cancelReason ? { ...error, message: record.cancelReason } : error,
  };
}

/** The result of an execution that ended without a report from a worker: it never started, its worker is gone, or it waited to be tried again. */
export function resultWithoutReport(
  record: ExecutionRecord,
  status: TerminalStatus,
  error: Failure,
  completedAt: number,
  endedMonotonicMs: number,
): ExecutionResult {
  const complete = record.startedAt === null;
  const nothing = { stdoutBytes: 0, stderrBytes: 0, truncated: false, droppedBytes: 0, complete };
  const last = record.lastOutcome;
  return {
    id: record.id,
    status,
    exitCode: last?.exitCode ?? null,
    signal: last?.signal ?? null,
    stdout: last?.stdout ?? '',
    stderr: last?.stderr ?? '',
    output: last?.output ?? nothing,
    pid: record.pid,
    attempts: record.attempt,
    queuedAt: record.queuedAt,
    startedAt: record.startedAt,
    completedAt,
    durationMs: record.startedAt === null ? 0 : endedMonotonicMs - record.startedMonotonicMs,
    logPath: record.logPath,
    error,
    termination: last?.termination ?? null,
    resourceUsage: last?.resourceUsage ?? null,
  };
}

export function terminalEventOf(result: ExecutionResult): TerminalEvent {
  const base = { timestamp: result.completedAt, executionId: result.id, result };
  switch (result.status) {
    case 'completed':
      return { type: 'completed', ...base };
    case 'failed':
      return { type: 'failed', ...base, error: result.error as Failure };
    case 'cancelled':
      return { type: 'cancelled', ...base, reason: (result.error as Failure).message };
    case 'timeout':
      return { type: 'timeout', ...base };
  }
}

/** The pause before the next attempt in milliseconds, or `null` when there is none. `attempt` is the one that just ended. */
export function retryDelayMs(
  retry: Required<RetryPolicy> | null,
  attempt: number,
  outcome: AttemptOutcome,
): number | null {
  if (retry === null || attempt >= retry.attempts) return null;
  if (!retry.on.some((status) => status === outcome.status)) return null;
  // It may have run, in part or whole, and commands have side effects.
  if (outcome.error?.code === 'LAUNCHER_LOST') return null;
  if (retry.backoffMs === 0) return 0; // times a power that has grown to infinity it would not be a number
  return Math.min(retry.backoffMs * retry.factor ** (attempt - 1), retry.maxBackoffMs);
}
