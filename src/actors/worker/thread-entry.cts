/**
 * What Piscina loads in a worker thread. It is CommonJS because Piscina tries `require` first: where that can load an ES module it does so
 * synchronously, and terminating the thread in the middle of it is a fatal V8 error that takes the whole app down. `import()` may be
 * interrupted without harm.
 */
import type { WorkerBirth, WorkerBorn } from '../protocol/wire.js' with { 'resolution-mode': 'import' };

export = async function birth(task: WorkerBirth): Promise<WorkerBorn> {
  const actor = await import('./entry.js');
  return actor.default(task);
};
