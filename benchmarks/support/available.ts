import { spawnSync } from 'node:child_process';

/** Whether this machine has a program of this name. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}
