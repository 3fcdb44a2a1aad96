import { createEngine, exec } from 'execrx';
import { memoryRise, tell } from '../support/figures.js';

const [bytes = 5_000_000_000] = process.argv.slice(2).map(Number);
const engine = createEngine();
await engine.ready();
const start = performance.now();
const memoryRiseMb = await memoryRise(async () => {
  const { output } = await engine.run({ command: exec('head', '-c', String(bytes), '/dev/zero') });
  if (output.stdoutBytes !== bytes) throw new Error(`${bytes - output.stdoutBytes} bytes not seen`);
});
const seconds = (performance.now() - start) / 1_000;
await engine.stop();
tell({ memoryRiseMb, gigabytesPerSecond: bytes / seconds / 1e9 });
