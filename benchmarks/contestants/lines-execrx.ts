import { createEngine, exec } from 'execrx';
import { tell, timed } from '../support/figures.js';
import { WARM_LINES, writesLines } from '../support/lines-file.js';

const [lines = 2_000_000, children = 1] = process.argv.slice(2).map(Number);
/** Each execution has a log and a text of its own, up to a cap: eight write eight times as much. */
const onlyLines = process.argv[4] === 'only-lines';
const engine = createEngine(onlyLines ? { logOutput: false, maxOutputSizeBytes: 0 } : {});
await engine.ready();

async function read(count: number): Promise<void> {
  let seen = 0;
  const [program, args] = writesLines(count / children);
  const executions = Array.from({ length: children }, () => engine.execute({ command: exec(program, ...args) }));
  for (const { output$ } of executions) output$.subscribe(() => seen++);
  await Promise.all(executions.map(({ result }) => result));
  if (seen !== count) throw new Error(`${count - seen} lines lost`);
}

await read(WARM_LINES * children);
const { seconds, delayP99Ms } = await timed(() => read(lines));
await engine.stop();
tell({ millionPerSecond: lines / seconds / 1e6, delayP99Ms });
