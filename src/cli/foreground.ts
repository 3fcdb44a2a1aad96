import { readFileSync } from 'node:fs';

/** Whether this process may read its terminal. One in the background is stopped when it tries; where nobody can tell, it is not there. */
export function isInForeground(): boolean {
  try {
    return saysForeground(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    return true;
  }
}

/** Whether a Linux `/proc/<pid>/stat` is that of a process in the foreground process group of its terminal. */
export function saysForeground(stat: string): boolean {
  // The name of the program comes first, in parentheses, and may hold anything.
  const [, , group, , , groupInForeground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return group === groupInForeground;
}
