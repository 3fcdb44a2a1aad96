import { execFileSync } from 'node:child_process';
import { tell } from './figures.js';

/** Gives so many items, one a line, to a shell command, and tells how many it got through a second, its own start included. */
export function timePipeline(count: string, command: string): void {
  const start = performance.now();
  execFileSync('sh', ['-c', `seq ${count} | ${command}`]);
  tell({ perSecond: Number(count) / ((performance.now() - start) / 1_000) });
}
