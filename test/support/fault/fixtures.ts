import { fileURLToPath } from 'node:url';

/** A tiny executable of `test/fixtures`; compiled tests live in `build/test`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../../test/fixtures/${name}`, import.meta.url));
}
