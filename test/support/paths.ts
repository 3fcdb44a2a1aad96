import { fileURLToPath } from 'node:url';

/** Compiled tests live in build/test/support; the root is three levels up. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../test/fixtures/${name}`, import.meta.url));
}
