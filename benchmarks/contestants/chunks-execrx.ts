import { createEngine, exec } from 'execrx';
import { tell, timed } from '../support/figures.js';

const [bytes = 1_000_000_000] = process.argv.slice(2).map(Number);
const engine = createEngine();
await engine.ready();
let seen = 0;
const { seconds, delayP99Ms } = await timed(async () => {
  const execution = engine.execute({ command: exec('head', '-c', String(bytes), '/dev/zero'), maxOutputSizeBytes: 0 });
  execution.chunks$.subscribe(({ data }) => {
    seen += data.length;
  });
  await execution.result;
});
await engine.stop();
if (seen !== bytes) throw new Error(`${bytes - seen} bytes lost`);
tell({ gigabytesPerSecond: bytes / seconds / 1e9, delayP99Ms });
