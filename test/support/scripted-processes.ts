import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from './eventually.js';

export interface TestProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** What it has written to standard output so far, in lines. */
  readonly lines: string[];
  /** Resolves when it has ended and is reaped. */
  readonly ended: Promise<unknown>;
}

type Start = (script: string, groups?: number) => Promise<TestProcess>;

/**
 * Starts bash scripts as leaders of groups of their own. Each must write the line `ready`, and the pids of the `groups` that it makes in
 * lines of their own; the start resolves when it has. What is left of all these groups is killed after each test.
 */
export function useProcesses(): Start {
  const processes: TestProcess[] = [];
  afterEach(() => {
    for (const { pid, lines } of processes.splice(0)) {
      for (const group of [pid, ...pidsIn(lines)]) kill(-group);
    }
  });
  return async (script, groups = 0) => {
    const started = startScript(script);
    processes.push(started);
    const { pid, lines } = started;
    const said = () => lines.includes('ready') && pidsIn(lines).length === groups;
    await eventually(`process ${pid} is ready: ${script}`, said);
    return started;
  };
}

/** Lines of digits are the pids of groups the script has made. */
export function pidsIn(lines: readonly string[]): number[] {
  return lines.filter((line) => /^\d+$/.test(line)).map(Number);
}

function startScript(script: string): TestProcess {
  // Not the standard error of the test run: whoever reads that would wait for what a failed test left behind.
  const child = spawn('bash', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines: string[] = [];
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    lines.splice(0, lines.length, ...text.split('\n'));
  });
  return { pid: child.pid as number, child, lines, ended: once(child, 'exit') };
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {} // it has ended by itself
}
