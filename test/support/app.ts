import { type ChildProcess, spawn } from 'node:child_process';
import { eventually } from './eventually.js';
import { fixture, projectRoot } from './paths.js';

export interface App {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly stderr: () => string;
  /** Resolves when the app has ended and its output is read. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Call inside `describe`. What it returns runs a fixture as a Node app of its own; one that still runs after the test is killed. */
export function useApps(): (name: string, ...args: string[]) => App {
  const apps: App[] = [];
  afterEach(async () => {
    for (const { child, ended } of apps.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  });
  return (name, ...args) => {
    const app = startApp(fixture(name), args);
    apps.push(app);
    return app;
  };
}

function startApp(path: string, args: string[]): App {
  const child = spawn(process.execPath, [path, ...args], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let rest = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return { child, lines, stderr: () => errors, ended };
}

export async function untilPrinted(app: App, line: string): Promise<void> {
  await eventually(`the app prints "${line}"; so far: ${app.lines.join(' | ')} ${app.stderr()}`, () =>
    app.lines.includes(line),
  );
}
