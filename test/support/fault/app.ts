import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface AppEnd {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs an app of `apps/` in a process of its own, for faults that would hit the test runner as well: limits on the whole process, uncaught
 * errors. `through` is a program to start it with, such as `prlimit` with its options.
 */
export function runApp(name: string, through: readonly string[] = [], args: readonly string[] = []): Promise<AppEnd> {
  const file = fileURLToPath(new URL(`apps/${name}.js`, import.meta.url));
  const [program = process.execPath, ...rest] = [...through, process.execPath, file, ...args];
  return new Promise((resolve, reject) => {
    execFile(program, rest, { timeout: 60_000, maxBuffer: 16_777_216 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(new Error(`${name} ended by ${error.signal}: ${stderr}`));
      else resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
