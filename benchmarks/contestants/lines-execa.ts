import { execa } from 'execa';
import { tell, timed } from '../support/figures.js';
import { writesLines } from '../support/lines-file.js';

const [lines = 2_000_000] = process.argv.slice(2).map(Number);
let seen = 0;
const { seconds, delayP99Ms } = await timed(async () => {
  for await (const _ of execa(...writesLines(lines), { buffer: false })) seen++;
});
if (seen !== lines) throw new Error(`${lines - seen} lines lost`);
tell({ millionPerSecond: lines / seconds / 1e6, delayP99Ms });
