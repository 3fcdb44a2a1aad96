import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loaded with the first plan file, for most apps have none. */
export function loadYaml(): typeof import('yaml') {
  return require('yaml') as typeof import('yaml');
}
