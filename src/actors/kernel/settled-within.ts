import type { Clock, TimerHandle } from './clock.js';

/** Resolves when the promise has settled, either way, or after this time. */
export async function settledWithin(clock: Clock, periodMs: number, promise: Promise<unknown>): Promise<void> {
  let timer: TimerHandle | undefined;
  const late = new Promise<void>((resolve) => {
    timer = clock.setTimeout(resolve, periodMs);
  });
  await Promise.race([promise.catch(() => {}), late]);
  clock.clearTimeout(timer);
}
