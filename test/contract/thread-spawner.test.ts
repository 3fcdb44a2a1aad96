import { ThreadSpawner } from '#lib/actors/worker/spawner/thread-spawner.js';
import { describeSpawner, OWN_ENVIRONMENT } from './spawner.contract.js';

describeSpawner('ThreadSpawner', (slots) => ThreadSpawner.create(slots, OWN_ENVIRONMENT));
