import { createRequire } from 'node:module';
import type koffi from 'koffi';

/**
 * koffi's native part, from the package that holds it for this system. koffi's own index adds functions that it has deprecated, for which it
 * loads all of `node:util`: 3 ms before a launcher is ready. Where a package manager keeps that package out of sight, koffi itself finds it.
 */
export function loadKoffi(require: (name: string) => unknown): typeof koffi {
  try {
    return require(`@koromix/koffi-${process.platform}-${process.arch}`) as typeof koffi;
  } catch {
    return require('koffi') as typeof koffi;
  }
}

export const ffi = loadKoffi(createRequire(import.meta.url));
