import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as it is installed. */
export const execrx = fileURLToPath(new URL('../../../../dist/cli/main.js', import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface CommandLine {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves when it has ended and its output is read. */
  readonly ended: Promise<Ended>;
}

export interface Circumstances {
  input?: string | Uint8Array;
  env?: Record<string, string>;
  cwd?: string;
}

/** Runs the command with pipes. Without `input`, its standard input stays open, and empty, until it ends. */
export function start(args: readonly string[], { input, env = {}, cwd }: Circumstances = {}): CommandLine {
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe'];
  const { NO_COLOR: _, FORCE_COLOR: __, ...ours } = process.env;
  const child = spawn(execrx, args, { stdio, cwd, env: { ...ours, ...env } });
  const [out, err] = [gathered(child.stdout), gathered(child.stderr)];
  child.stdin?.on('error', () => {}); // it may end without having read all
  if (input !== undefined) child.stdin?.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, out: out().toString(), err: err().toString() }));
  });
  return { child, out: () => out().toString(), err: () => err().toString(), ended };
}

/** Runs it to its end, with nothing on standard input unless something is given. */
export function run(args: readonly string[], circumstances: Circumstances = {}): Promise<Ended> {
  return start(args, { input: '', ...circumstances }).ended;
}

function gathered(stream: NodeJS.ReadableStream | null): () => Buffer {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
}

/** Call inside `describe`: what it returns starts the command, and one that still runs after the test is killed. */
export function useCommandLines(): typeof start {
  const started: CommandLine[] = [];
  afterEach(async () => {
    for (const { child, ended } of started.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  });
  return (...parameters) => {
    const line = start(...parameters);
    started.push(line);
    return line;
  };
}
