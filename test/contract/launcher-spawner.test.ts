import { LauncherSpawner } from '#lib/actors/worker/spawner/launcher-spawner.js';
import { describeSpawner, OWN_ENVIRONMENT } from './spawner.contract.js';

describeSpawner('LauncherSpawner', (slots) => LauncherSpawner.create(slots, OWN_ENVIRONMENT, { onNotice() {} }));
