import { createEngine, exec } from 'execrx';
import { tell } from '../support/figures.js';

const [count = 10_000] = process.argv.slice(2).map(Number);
const engine = createEngine({ maxConcurrentExecutions: 1, maxQueuedExecutions: count });
await engine.ready();
const blocker = engine.execute({ command: exec('sleep', '600') });

const start = performance.now();
for (let index = 0; index < count; index++) engine.execute({ command: exec('true') });
const submitted = performance.now();
engine.cancelAll();
await blocker.result;
const cancelled = performance.now();
await engine.stop();
tell({
  submitMs: submitted - start,
  submitMicrosecondsEach: ((submitted - start) / count) * 1e3,
  cancelMicrosecondsEach: ((cancelled - submitted) / count) * 1e3,
});
