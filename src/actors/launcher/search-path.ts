import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** What execvp(3) searches where the environment names no PATH. */
const DEFAULT_PATH = '/bin:/usr/bin';

/**
 * Where `program` is, by the PATH of the environment it will run in, as execvp(3) would find it. A name with a slash is a path already.
 * Returns the errno to report where there is none: EACCES if one was found that may not be executed.
 */
export function searchPath(
  program: string,
  pathVariable: string | undefined,
  cwd: string | null,
): { path: string } | { code: 'ENOENT' | 'EACCES' } {
  if (program.includes('/')) return { path: program };
  let denied = false;
  for (const directory of (pathVariable ?? DEFAULT_PATH).split(':')) {
    const candidate = resolve(cwd ?? '.', directory, program);
    if (!isFile(candidate)) continue;
    if (isExecutable(candidate)) return { path: candidate };
    denied = true;
  }
  return { code: denied ? 'EACCES' : 'ENOENT' };
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false; // a directory on PATH that may not be searched, or is not one
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
