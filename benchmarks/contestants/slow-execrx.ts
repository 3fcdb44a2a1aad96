import { createEngine, exec } from 'execrx';
import { memoryRise, tell } from '../support/figures.js';

const [bytes = 10_000_000_000] = process.argv.slice(2).map(Number);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const engine = createEngine({ logOutput: false });
await engine.ready();
await engine.run({ command: exec('true') });
let seen = 0;
let sleptFor = 0;
const memoryRiseMb = await memoryRise(async () => {
  const execution = engine.execute({ command: exec('head', '-c', String(bytes), '/dev/zero'), maxOutputSizeBytes: 0 });
  execution.chunks$.subscribe(({ data }) => {
    seen += data.length;
    if (seen - sleptFor < 2_000_000) return;
    sleptFor = seen;
    Atomics.wait(sleeper, 0, 0, 1);
  });
  await execution.result;
});
await engine.stop();
if (seen !== bytes) throw new Error(`${bytes - seen} bytes lost`);
tell({ memoryRiseMb });
