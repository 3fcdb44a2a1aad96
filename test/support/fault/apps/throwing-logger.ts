/** An engine whose logger always throws. Prints what still worked, and where the errors came out. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from 'execrx';
import { eventually } from '../../eventually.js';
import { FAULTS, FAULTY_WORKER } from '../faulty-worker.js';
import { withEngine } from '../rig.js';

const uncaught: string[] = [];
process.on('uncaughtException', (error) => uncaught.push(error.message));
process.on('unhandledRejection', (error) => uncaught.push(`rejected: ${error}`));

const calls = new Set<string>();
const shout = (_: object, message: string) => {
  calls.add(message);
  throw new Error(`logger: ${message}`);
};
const logger = { debug: shout, info: shout, warn: shout, error: shout };

const options = { logger, cleanupIntervalMs: 20, executionRetentionSecs: 0, logRetentionSecs: 0 };
await withEngine(
  options,
  async ({ engine, directory }) => {
    await engine.ready();
    const lost = await engine.run({ command: exec(FAULTS.exit) });
    const kept: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { stdout } = await engine.run({ command: exec('echo', `round ${round}`) });
      kept.push(stdout);
      await eventually('the cleanup has forgotten it', () => engine.listExecutions().length === 0, 3_000);
    }
    rmSync(join(directory, 'logs'), { recursive: true });
    writeFileSync(join(directory, 'logs'), '');
    const unlogged = await engine.run({ command: exec('echo', 'unlogged') });
    await eventually('the failed sweep has been told', () => calls.has('the log directory could not be swept'), 3_000);
    console.log(JSON.stringify({ lost: lost.error?.code, kept, unlogged: unlogged.stdout }));
  },
  { workerEntry: FAULTY_WORKER },
);
console.log(JSON.stringify({ calls: [...calls].sort(), uncaught: [...new Set(uncaught)].sort() }));
