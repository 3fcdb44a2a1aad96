/** An app that waits for nothing but its executions, and whose worker threads die. Prints what it got and what is left after stop(). */

import { exec } from 'execrx';
import { composeEngine } from '#lib/runtime/composition.js';
import { FAULTS, FAULTY_WORKER } from '../faulty-worker.js';

const engine = composeEngine({ workerThreads: 1, logOutput: false }, { workerEntry: FAULTY_WORKER });
const codes: unknown[] = [];
for (let losses = 0; losses < 4; losses++) {
  const { error } = await engine.run({ command: exec(FAULTS.exit) });
  codes.push(error?.code);
}
const waiting = engine.run({ command: exec('true') }); // the seat of the lost thread is in its backoff
await engine.stop();
codes.push((await waiting).error?.code);
const ours = () => process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap' && name !== 'TTYWrap');
// What was to be done in this turn of the event loop, or the next, is not left behind.
for (let turns = 0; turns < 10 && ours().length > 0; turns++) await new Promise((resolve) => setImmediate(resolve));
const kept = ours();
console.log(JSON.stringify({ codes, kept }));
