import type { ExecutionResult } from '../../actors/protocol/execution.js';

/** Where the time of a plan went. */
export interface TimeAccount {
  /** Submission of the plan to its end. */
  wallMs: number;
  /** The run times of all commands together. */
  runMs: number;
  /** How long commands waited to start after their turn had come, all together. */
  waitMs: number;
  /** How many ran at once on average, over the whole of the plan; 0 for a plan that took no time. */
  parallelism: number;
  /** How many ran at once at most. */
  peak: number;
}

export function timeAccount(results: readonly ExecutionResult[], wallMs: number): TimeAccount {
  const runMs = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const waitMs = results.reduce((sum, result) => sum + waitOf(result), 0);
  return { wallMs, runMs, waitMs, parallelism: wallMs > 0 ? runMs / wallMs : 0, peak: peakOf(results) };
}

/**
 * How long a command waited for a slot and for a thread that starts it, in milliseconds. One that never came to its turn, or that the engine
 * would not take, did not wait in this sense.
 */
export function waitOf({ queuedAt, startedAt, completedAt, attempts, error }: ExecutionResult): number {
  if (error?.code === 'DEPENDENCY_FAILED' || error?.code === 'PLAN_STOPPED') return 0;
  if (error?.code === 'SPAWN_FAILED' && attempts === 0) return 0;
  return Math.max(0, (startedAt ?? completedAt) - queuedAt);
}

function peakOf(results: readonly ExecutionResult[]): number {
  const changes = results.flatMap(({ startedAt, completedAt }) =>
    startedAt === null
      ? []
      : [
          { at: startedAt, by: 1 },
          { at: Math.max(startedAt, completedAt), by: -1 },
        ],
  );
  // Times are whole milliseconds: one that ends as another starts made way for it.
  changes.sort((one, other) => one.at - other.at || one.by - other.by);
  let running = 0;
  let peak = changes.length > 0 ? 1 : 0;
  for (const { by } of changes) {
    running += by;
    peak = Math.max(peak, running);
  }
  return peak;
}
