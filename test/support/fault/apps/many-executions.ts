/** Runs commands through launchers, and prints what it and they hold after the first three thousand and at the end. */
import { createEngine, exec } from 'execrx';
import { eventually } from '../../eventually.js';
import { descriptorsOf, launchersOf, residentMegabytes, zombiesOf } from '../launchers.js';

const WARM_UP = 3_000;
const AT_ONCE = 16;
const [least = '1', most = '1', periodMs = '0'] = process.argv.slice(2);
const engine = createEngine({
  spawner: 'launcher',
  workerThreads: 2,
  maxConcurrentExecutions: AT_ONCE,
  maxInMemoryExecutions: 100,
  logOutput: false,
});
const failures: unknown[] = [];
let done = 0;

async function runUntil(enough: () => boolean): Promise<void> {
  const chain = async () => {
    while (!enough()) {
      const { status, stdout, error } = await engine.run({ command: exec('echo', 'x') });
      done++;
      if (status !== 'completed' || stdout !== 'x\n') failures.push(error ?? stdout);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, chain));
}

async function inventory() {
  const launchers = launchersOf();
  const processes = [process.pid, ...launchers];
  await eventually('no zombie is left', () => processes.every((pid) => zombiesOf(pid).length === 0));
  await engine.run({ command: exec('true') }); // with this the launcher learns that it may close the last pipes
  await new Promise((resolve) => setTimeout(resolve, 200)); // for sockets that close in a later turn
  return processes.map((pid) => ({ descriptors: descriptorsOf(pid), megabytes: residentMegabytes(pid) }));
}

await engine.ready();
await runUntil(() => done >= WARM_UP);
const first = await inventory();
const since = performance.now();
await runUntil(() => done >= Number(most) || (done >= Number(least) && performance.now() - since > Number(periodMs)));
const last = await inventory();
console.log(JSON.stringify({ done, failures, first, last }));
await engine.stop();
