import { type Stats, statSync } from 'node:fs';

/** What is at a path, or why nothing can be found there: no entry, a way through a file, a loop of links, a name that is too long. */
export function lookAt(path: string): Stats | string {
  try {
    return statSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? `nothing at ${path}` : `${code} at ${path}`;
  }
}
