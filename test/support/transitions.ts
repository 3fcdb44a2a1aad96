import type { Transition } from '#lib/actors/protocol/event.js';
import type { ExecutionResult, ExecutionStatus, TerminalStatus } from '#lib/actors/protocol/execution.js';
import { resultWith } from './protocol.js';

const base = { timestamp: 1_000, executionId: 'an id' };

export function queued(): Transition {
  return { event: { type: 'queued', ...base }, from: null, to: 'pending' };
}

export function started(from: ExecutionStatus): Transition {
  const command = { type: 'exec', program: 'true' } as const;
  return { event: { type: 'started', ...base, pid: 7, command, attempt: 1 }, from, to: 'running' };
}

export function retrying(from: ExecutionStatus): Transition {
  return { event: { type: 'retrying', ...base, attempt: 2, delayMs: 0 }, from, to: 'pending' };
}

export function finished(
  from: ExecutionStatus,
  to: TerminalStatus,
  fields: Partial<ExecutionResult> = {},
  stdoutBytes = 0,
  stderrBytes = 0,
): Transition {
  const error = { code: 'EXIT_NON_ZERO', message: 'why' } as const;
  const output = { stdoutBytes, stderrBytes, truncated: false, droppedBytes: 0, complete: true };
  const result = resultWith({ status: to, error, output, ...fields });
  const terminal = { ...base, result, error, reason: error.message };
  return { event: { type: to, ...terminal } as Transition['event'], from, to };
}

interface StepInput {
  from: ExecutionStatus | null;
  stdoutBytes: number;
  durationMs: number;
}
type Step = (input: StepInput) => Transition;

function ending(to: TerminalStatus): Step {
  return ({ from, stdoutBytes, durationMs }) => {
    const startedAt = from === 'running' ? 2_000 : null;
    return finished(from as ExecutionStatus, to, { durationMs, startedAt }, stdoutBytes);
  };
}

/** Where an execution may go from each status. */
export const LEGAL_STEPS: Readonly<Record<ExecutionStatus | 'none', readonly Step[]>> = {
  none: [queued],
  pending: [
    ({ from }) => started(from as ExecutionStatus),
    ({ from }) => retrying(from as ExecutionStatus),
    ending('cancelled'),
    ending('timeout'),
    ending('failed'),
  ],
  running: [
    ({ from }) => retrying(from as ExecutionStatus),
    ending('completed'),
    ending('failed'),
    ending('cancelled'),
    ending('timeout'),
  ],
  completed: [],
  failed: [],
  cancelled: [],
  timeout: [],
};
