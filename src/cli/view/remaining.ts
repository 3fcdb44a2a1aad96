import type { Progress } from './progress.js';

/** Ends that an estimate is built on, at the least. */
const GROUND_COUNT = 3;
/** And how large a part of the whole they must be. */
const GROUND_SHARE = 0.05;

/**
 * How long the rest will take if what is to come is like what has ended: the mean duration for each that has not ended, less what the running
 * ones have behind them, divided by how many ran at a time so far. `null` while too few have ended to say, and once all that is left is late.
 */
export function remainingMs({ startedAt, total, done, durations, running }: Progress, now: number): number | null {
  if (total === null || durations.count < GROUND_COUNT || durations.count < total * GROUND_SHARE) return null;
  const meanMs = durations.sumMs / durations.count;
  const elapsed = [...running.values()].map((command) => now - command.startedAt);
  const behindMs = elapsed.reduce((sum, ms) => sum + Math.min(ms, meanMs), 0);
  const restMs = (total - done) * meanMs - behindMs;
  if (restMs <= 0) return null;
  const busyMs = durations.sumMs + elapsed.reduce((sum, ms) => sum + ms, 0);
  const atOnce = Math.max(1, busyMs / Math.max(1, now - startedAt));
  return restMs / atOnce;
}
