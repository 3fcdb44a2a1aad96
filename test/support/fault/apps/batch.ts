/** An app in the midst of a batch whose commands each write a line to the file it is given, and go on for ever. */
import { createEngine } from 'execrx';

const [file = ''] = process.argv.slice(2);
const engine = createEngine({ maxConcurrentExecutions: 3, workerThreads: 1, logOutput: false, spawner: 'launcher' });
const batch = engine.executeBatch({
  command: { type: 'exec', program: 'sh' },
  batch: { places: 3, arguments: [['-c'], ['echo >> "$0"; exec sleep 600'], [file], ['', '']] },
});
await batch.add(Array.from({ length: 1_000 }, (_, index) => `${index}`));
