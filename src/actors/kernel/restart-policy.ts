/** More failures than this within the window, and the supervisor gives up for a while. */
const MAX_RESTARTS = 5;
const WINDOW_MS = 60_000;
const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;

export type RestartDecision =
  | { type: 'restart'; delayMs: number }
  /** The restart intensity is exceeded. Worth another try once the oldest failure has left the window. */
  | { type: 'give_up'; retryAfterMs: number };

export interface RestartHistory {
  /** Times of recent failures, oldest first, on a monotonic clock. */
  readonly failures: readonly number[];
}

export const noFailures: RestartHistory = { failures: [] };

/**
 * One-for-one restarts with exponential backoff and a restart intensity, after OTP's supervisors: a worker that fails once is replaced
 * almost at once; one that fails again and again is not allowed to burn the machine.
 */
export function onWorkerFailure(
  history: RestartHistory,
  nowMs: number,
): { history: RestartHistory; decision: RestartDecision } {
  const failures = [...history.failures.filter((at) => nowMs - at < WINDOW_MS), nowMs];
  return { history: { failures }, decision: decide(failures, nowMs) };
}

function decide(failures: readonly number[], nowMs: number): RestartDecision {
  if (failures.length > MAX_RESTARTS) {
    return { type: 'give_up', retryAfterMs: Math.ceil((failures[0] as number) + WINDOW_MS - nowMs) };
  }
  return { type: 'restart', delayMs: Math.min(FIRST_DELAY_MS * 2 ** (failures.length - 1), LONGEST_DELAY_MS) };
}
