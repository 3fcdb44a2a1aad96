import { type Execution, type ExecutionEngine, type ExecutionRequest, exec } from 'execrx';
import { eventually } from './eventually.js';

/** An execution that holds its slot until it is told to end. */
export interface Blocker {
  execution: Execution;
  /** Ends it with exit code 0. */
  release(): void;
}

export function startBlocker(engine: ExecutionEngine, request: Partial<ExecutionRequest> = {}): Blocker {
  const execution = engine.execute({ command: exec('cat'), stdin: { pipe: true }, ...request });
  return { execution, release: () => execution.end() };
}

export async function startedBlocker(engine: ExecutionEngine, request?: Partial<ExecutionRequest>): Promise<Blocker> {
  const blocker = startBlocker(engine, request);
  await eventually('the blocker runs', () => blocker.execution.status === 'running');
  return blocker;
}
