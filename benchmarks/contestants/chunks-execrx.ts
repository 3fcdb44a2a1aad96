import { createEngine, exec } from 'execrx';
import { tell, timed } from '../support/figures.js';

const [bytes = 1_000_000_000] = process.argv.slice(2).map(Number);
const engine = createEngine({ logOutput: process.argv[3] !== 'no-log' });
await engine.ready();

async function read(size: number): Promise<void> {
  let seen = 0;
  const execution = engine.execute({ command: exec('head', '-c', String(size), '/dev/zero'), maxOutputSizeBytes: 0 });
  execution.chunks$.subscribe(({ data }) => {
    seen += data.length;
  });
  await execution.result;
  if (seen !== size) throw new Error(`${size - seen} bytes lost`);
}

await read(bytes / 4);
const { seconds, delayP99Ms } = await timed(() => read(bytes));
await engine.stop();
tell({ gigabytesPerSecond: bytes / seconds / 1e9, delayP99Ms });
