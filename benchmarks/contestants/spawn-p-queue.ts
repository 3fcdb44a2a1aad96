import { execa } from 'execa';
import PQueue from 'p-queue';
import { tell, timed } from '../support/figures.js';

const [count = 1_000, atOnce = 8] = process.argv.slice(2).map(Number);

async function repeatQueued(times: number): Promise<void> {
  const queue = new PQueue({ concurrency: atOnce });
  for (let index = 0; index < times; index++) queue.add(() => execa('/bin/true', { stdin: 'ignore' }));
  await queue.onIdle();
}

await repeatQueued(count);
const { seconds, delayP99Ms } = await timed(() => repeatQueued(count));
tell({ perSecond: count / seconds, delayP99Ms });
