import { createEngine, exec } from 'execrx';
import { tell, timed } from '../support/figures.js';
import { flood } from '../support/flood.js';

const [lines = 2_000_000] = process.argv.slice(2).map(Number);
const engine = createEngine();
await engine.ready();
let seen = 0;
const { seconds, delayP99Ms } = await timed(async () => {
  const [program, args] = flood(lines);
  const execution = engine.execute({ command: exec(program, ...args) });
  execution.output$.subscribe(() => seen++);
  await execution.result;
});
await engine.stop();
if (seen !== lines) throw new Error(`${lines - seen} lines lost`);
tell({ millionPerSecond: lines / seconds / 1e6, delayP99Ms });
