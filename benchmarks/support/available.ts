import { execFileSync } from 'node:child_process';

/** Whether this machine has a C compiler. */
export function canCompile(): boolean {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
