/**
 * A worker entry that cannot be loaded as often as a file has bytes; each try takes one away. The file's name and the way to fail come
 * through the environment, because a thread that does not load can be told nothing else.
 */
import { readFileSync, truncateSync } from 'node:fs';
import birth from '#lib/actors/worker/entry.js';

export const LOADING_WORKER = new URL(import.meta.url);
export const FAILURES_VARIABLE = 'FAULT_TEST_LOAD_FAILURES';
export const MANNER_VARIABLE = 'FAULT_TEST_LOAD_MANNER';

const file = process.env[FAILURES_VARIABLE];
const failuresLeft = file === undefined ? 0 : readFileSync(file).length;
if (file !== undefined && failuresLeft > 0) {
  truncateSync(file, failuresLeft - 1);
  if (process.env[MANNER_VARIABLE] === 'exit') process.exit(9);
  throw new Error('this worker file cannot be loaded');
}

export default birth;
