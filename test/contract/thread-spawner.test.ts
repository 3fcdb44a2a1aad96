import { ThreadSpawner } from '#lib/actors/worker/spawner/thread-spawner.js';
import { describeSpawner } from './spawner.contract.js';
import { SURROUNDINGS } from './spawner-under-test.js';

describeSpawner('ThreadSpawner', (slots) => ThreadSpawner.create(slots, SURROUNDINGS));
