import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Figures } from './question.js';

/** What a contestant ends with. */
export function tell(figures: Figures): void {
  console.log(JSON.stringify(figures));
}

/** Runs `work` and says how long it took and how long the main loop was held up meanwhile. */
export async function timed(work: () => Promise<void>): Promise<{ seconds: number; delayP99Ms: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  delay.disable();
  return { seconds, delayP99Ms: delay.percentile(99) / 1e6 };
}

/**
 * Does `job` `count` times, at most `atOnce` at a time. Contestants do all of it once before the clock starts, for V8 goes on compiling through the
 * first thousands of a process's life.
 */
export async function repeat(count: number, atOnce: number, job: () => PromiseLike<unknown>): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await job();
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Runs `work` and says by how much the resident memory rose above its start at the most, sampled every 10 ms. */
export async function memoryRise(work: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const start = process.memoryUsage.rss();
  let peak = start;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  await work();
  clearInterval(timer);
  return (Math.max(peak, process.memoryUsage.rss()) - start) / 1e6;
}
