import { readdirSync } from 'node:fs';
import { createEngine, exec } from 'execrx';
import { repeat, tell } from '../support/figures.js';

const [count = 100_000, before = 10_000] = process.argv.slice(2).map(Number);
const engine = createEngine({ maxConcurrentExecutions: 16 });
const job = () => engine.run({ command: exec('/bin/true') });

/** After what is garbage has been collected. */
async function measure() {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  globalThis.gc?.();
  return {
    memory: process.memoryUsage.rss(),
    descriptors: readdirSync('/proc/self/fd').length,
    handles: process.getActiveResourcesInfo().length,
  };
}

await repeat(before, 16, job);
const early = await measure();
const start = performance.now();
await repeat(count - before, 16, job);
const seconds = (performance.now() - start) / 1_000;
const late = await measure();
await engine.stop();
tell({
  memoryRiseMb: (late.memory - early.memory) / 1e6,
  moreDescriptors: late.descriptors - early.descriptors,
  moreHandles: late.handles - early.handles,
  perSecond: (count - before) / seconds,
});
