import { ThreadSpawner } from '#lib/actors/worker/spawner/thread-spawner.js';
import { describeSpawner } from './spawner.contract.js';
import { OWN_ENVIRONMENT } from './spawner-under-test.js';

describeSpawner('ThreadSpawner', (slots) => ThreadSpawner.create(slots, OWN_ENVIRONMENT));
