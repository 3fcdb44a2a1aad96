import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tell, timed } from '../support/figures.js';

const [bytes = 1_000_000_000] = process.argv.slice(2).map(Number);

async function read(size: number): Promise<void> {
  let seen = 0;
  const child = spawn('head', ['-c', String(size), '/dev/zero'], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.on('data', (data: Buffer) => {
    seen += data.length;
  });
  await once(child, 'close');
  if (seen !== size) throw new Error(`${size - seen} bytes lost`);
}

await read(bytes / 4);
const { seconds, delayP99Ms } = await timed(() => read(bytes));
tell({ gigabytesPerSecond: bytes / seconds / 1e9, delayP99Ms });
