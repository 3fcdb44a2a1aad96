import { Writable } from 'node:stream';
import { concurrently } from 'concurrently';
import { tell, timed } from '../support/figures.js';

const [count = 300, maxProcesses = 8] = process.argv.slice(2).map(Number);
const outputStream = new Writable({ write: (_chunk, _encoding, done) => done() });

async function runAll(times: number): Promise<void> {
  const commands = new Array<string>(times).fill('/bin/true');
  await concurrently(commands, { maxProcesses, outputStream, raw: true }).result;
}

await runAll(50);
const { seconds, delayP99Ms } = await timed(() => runAll(count));
tell({ perSecond: count / seconds, delayP99Ms });
