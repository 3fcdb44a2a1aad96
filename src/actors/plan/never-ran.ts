import type { ExecutionResult, Failure, TerminalStatus } from '../protocol/execution.js';

/** A command of a plan that was never handed to the engine. */
export interface NeverRan {
  id: string;
  logPath: string;
  /** When the plan was submitted; milliseconds since the epoch. */
  queuedAt: number;
  completedAt: number;
}

export function resultOfNeverRan(of: NeverRan, status: TerminalStatus, error: Failure): ExecutionResult {
  return {
    id: of.id,
    status,
    exitCode: null,
    signal: null,
    stdout: '',
    stderr: '',
    output: { stdoutBytes: 0, stderrBytes: 0, truncated: false, droppedBytes: 0, complete: true },
    pid: null,
    attempts: 0,
    queuedAt: of.queuedAt,
    startedAt: null,
    completedAt: of.completedAt,
    durationMs: 0,
    logPath: of.logPath,
    error,
    termination: null,
    resourceUsage: null,
  };
}
