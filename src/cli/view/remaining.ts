import type { Progress } from './progress.js';

/** Ends that an estimate is built on, at the least. */
const GROUND_COUNT = 3;
/** And how large a part of the whole they must be. */
const GROUND_SHARE = 0.05;

/**
 * How long the rest will take if what is to come is like what has ended, in as many lanes as there were so far; and never less than the running
 * ones are still expected to take. `null` while too few have ended to say, and while one already runs longer than any that has ended.
 */
export function remainingMs({ startedAt, total, done, durations, running }: Progress, now: number): number | null {
  if (total === null || durations.count < GROUND_COUNT || durations.count < total * GROUND_SHARE) return null;
  const elapsed = [...running.values()].map((command) => now - command.startedAt);
  if (elapsed.some((ms) => ms >= durations.longestMs)) return null;
  const meanMs = durations.sumMs / durations.count;
  const ahead = elapsed.map((ms) => expectedMs(ms, meanMs, durations.longestMs) - ms);
  const waiting = Math.max(0, total - done - running.size);
  const busyMs = durations.sumMs + sumOf(elapsed);
  const atOnce = Math.max(1, busyMs / Math.max(1, now - startedAt));
  return ahead.reduce((most, ms) => Math.max(most, ms), (sumOf(ahead) + waiting * meanMs) / atOnce);
}

/** How long a command takes in all that has gone on for so long: what is quick has ended, so it is ever less likely to be like the mean. */
function expectedMs(elapsedMs: number, meanMs: number, longestMs: number): number {
  return meanMs + (longestMs - meanMs) * (elapsedMs / longestMs);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
