import { execa } from 'execa';
import { tell, timed } from '../support/figures.js';
import { WARM_LINES, writesLines } from '../support/lines-file.js';

const [lines = 2_000_000] = process.argv.slice(2).map(Number);

async function read(count: number): Promise<void> {
  let seen = 0;
  for await (const _ of execa(...writesLines(count), { buffer: false })) seen++;
  if (seen !== count) throw new Error(`${count - seen} lines lost`);
}

await read(WARM_LINES);
const { seconds, delayP99Ms } = await timed(() => read(lines));
tell({ millionPerSecond: lines / seconds / 1e6, delayP99Ms });
