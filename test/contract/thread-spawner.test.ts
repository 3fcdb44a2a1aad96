import { ThreadSpawner } from '#dist/actors/worker/spawner/thread-spawner.js';
import { describeSpawner } from './spawner.contract.js';

describeSpawner('ThreadSpawner', async (slots) => ({ spawner: new ThreadSpawner(slots), dispose: async () => {} }));
