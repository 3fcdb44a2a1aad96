import { type Execution, type ExecutionEngine, type ExecutionRequest, script } from 'execrx';
import { eventually } from './eventually.js';
import { fixture } from './paths.js';

/** What test/fixtures/process-tree.sh starts, by role. */
export interface ProcessTree {
  leader: number;
  child: number;
  grandchild: number;
  /** A grandchild in a session, and so in a process group, of its own. */
  session: number;
}

export interface RunningTree {
  execution: Execution;
  tree: ProcessTree;
  pids: number[];
}

/** Starts the tree and resolves when all of it runs. With `stubborn`, every process of it ignores SIGTERM. */
export async function startTree(
  engine: ExecutionEngine,
  { stubborn = false, ...request }: { stubborn?: boolean } & Partial<ExecutionRequest> = {},
): Promise<RunningTree> {
  const command = script(fixture('process-tree.sh'), { args: stubborn ? ['stubborn'] : [] });
  const execution = engine.execute({ command, ...request });
  const lines: string[] = [];
  execution.stdout$.subscribe((line) => lines.push(line));
  await eventually('the process tree runs', () => lines.length === 4);
  return { execution, ...parseTree(lines) };
}

export function parseTree(lines: readonly string[]): { tree: ProcessTree; pids: number[] } {
  const entries = lines.map((line) => line.split(' ')).map(([role, pid]) => [role, Number(pid)] as const);
  return { tree: Object.fromEntries(entries) as unknown as ProcessTree, pids: entries.map(([, pid]) => pid) };
}
