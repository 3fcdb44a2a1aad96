import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tell, timed } from '../support/figures.js';

const [bytes = 1_000_000_000] = process.argv.slice(2).map(Number);
let seen = 0;
const { seconds, delayP99Ms } = await timed(async () => {
  const child = spawn('head', ['-c', String(bytes), '/dev/zero'], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.on('data', (data: Buffer) => {
    seen += data.length;
  });
  await once(child, 'close');
});
if (seen !== bytes) throw new Error(`${bytes - seen} bytes lost`);
tell({ gigabytesPerSecond: bytes / seconds / 1e9, delayP99Ms });
