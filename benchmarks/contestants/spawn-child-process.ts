import { spawn } from 'node:child_process';
import { carry } from '../support/ballast.js';
import { repeat, tell, timed } from '../support/figures.js';

const [count = 1_000, atOnce = 8, ballastMb = 0] = process.argv.slice(2).map(Number);

function job(): Promise<unknown> {
  const child = spawn('/bin/true', { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.resume();
  child.stderr.resume();
  return new Promise((resolve) => child.on('close', resolve));
}

await repeat(count, atOnce, job);
carry(ballastMb); // after the warm-up, which would take a minute with it
const { seconds, delayP99Ms } = await timed(() => repeat(count, atOnce, job));
tell({ perSecond: count / seconds, delayP99Ms });
