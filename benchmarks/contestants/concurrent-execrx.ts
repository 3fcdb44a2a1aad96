import { createEngine, exec } from 'execrx';
import { tell, timed } from '../support/figures.js';

const [count = 1_000] = process.argv.slice(2).map(Number);
const engine = createEngine({ maxConcurrentExecutions: count });
await engine.ready();
const { seconds, delayP99Ms } = await timed(async () => {
  const runs = Array.from({ length: count }, () => engine.run({ command: exec('sleep', '1') }));
  const bad = (await Promise.all(runs)).filter(({ status }) => status !== 'completed');
  if (bad.length > 0) throw new Error(`${bad.length} did not complete: ${bad[0]?.error?.message}`);
});
await engine.stop();
tell({ seconds, delayP99Ms });
