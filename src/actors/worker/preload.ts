/**
 * What a worker thread loads before anything else: a launcher takes as long to load as the thread, so it is started first.
 */
import { workerData } from 'node:worker_threads';
import type { WorkerPreload } from '../protocol/wire.js';
import { startLauncherEarly } from './spawner/launcher-start.js';

const { launcher } = workerData as WorkerPreload;
try {
  if (launcher) startLauncherEarly(launcher);
} catch {} // the worker will try as well, and tell why it does not work
