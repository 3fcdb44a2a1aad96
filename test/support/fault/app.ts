import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MARK_VARIABLE, processesMarked } from './processes.js';

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

export interface LivingApp {
  readonly pid: number;
  /** The app and whatever it starts carry this mark. */
  readonly mark: string;
  /** Whether it has printed this line. */
  said(line: string): boolean;
  /** Resolves with its exit code; `null`: it was killed. */
  readonly exited: Promise<number | null>;
}

/** Starts an app of `apps/` and lets `body` do to it what it likes. What is left of it is killed afterwards. */
export async function withApp(
  name: string,
  args: readonly string[],
  body: (app: LivingApp) => Promise<void>,
): Promise<void> {
  const mark = randomUUID();
  const file = fileURLToPath(new URL(`apps/${name}.js`, import.meta.url));
  const env = { ...process.env, [MARK_VARIABLE]: mark };
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  try {
    await body({ pid: child.pid as number, mark, said: (line) => output.split('\n').includes(line), exited });
  } finally {
    for (const pid of processesMarked(mark)) process.kill(pid, 'SIGKILL');
  }
}
