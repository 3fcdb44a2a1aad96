import { createEngine, exec } from 'execrx';
import { carry } from '../support/ballast.js';
import { repeat, tell, timed } from '../support/figures.js';

const [count = 1_000, atOnce = 8, ballastMb = 0] = process.argv.slice(2).map(Number);
const spawner = process.argv[5] === 'thread' ? 'thread' : 'auto';
carry(ballastMb);
const engine = createEngine({ maxConcurrentExecutions: atOnce, spawner });
await engine.ready();

async function job(): Promise<void> {
  const result = await engine.run({ command: exec('/bin/true') });
  if (result.status !== 'completed') throw new Error(result.error?.message);
}

await repeat(count, atOnce, job);
const { seconds, delayP99Ms } = await timed(() => repeat(count, atOnce, job));
await engine.stop();
tell({ perSecond: count / seconds, delayP99Ms });
