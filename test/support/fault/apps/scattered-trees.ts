/** Runs so many scattered trees through launchers, says `up` when all are there, and then stays or ends in the manner it is told. */
import { createEngine, script } from 'execrx';
import { firstValueFrom } from 'rxjs';
import { fixture } from '../fixtures.js';

const [count = '1', manner = 'stay'] = process.argv.slice(2);
const engine = createEngine({
  spawner: 'launcher',
  workerThreads: 2,
  maxConcurrentExecutions: Number(count),
  logOutput: false,
});
const runs = Array.from({ length: Number(count) }, () =>
  engine.execute({ command: script(fixture('scattered-tree.sh')) }),
);
await Promise.all(runs.map(({ stdout$ }) => firstValueFrom(stdout$)));
console.log('up');
if (manner === 'exit') process.exit(0);
if (manner === 'throw') throw new Error('thrown by the app');
