import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 10;

/** Waits for a condition, and says which one when it does not come true in time. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  deadlineMs = 10_000,
): Promise<void> {
  const giveUpAt = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > giveUpAt) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await pause(POLL_MS);
  }
}
