import type { ExecutionResult } from '#lib/actors/protocol/execution.js';
import type { AttemptOutcome, Job, WorkerSettings } from '#lib/actors/protocol/wire.js';

/** A job that needs nothing; a test names what matters to it. */
export function jobWith(fields: Partial<Job> = {}): Job {
  return {
    ref: 1,
    program: 'true',
    args: [],
    env: {},
    inheritEnv: true,
    cwd: null,
    stdin: { type: 'none' },
    timeoutMs: 60_000,
    idleTimeoutMs: null,
    maxOutputSizeBytes: 1_000,
    oversizedOutputStrategy: 'truncate_with_warning',
    logPath: null,
    spillPaths: null,
    appendLog: false,
    listen: 0,
    batch: null,
    ...fields,
  };
}

/** Of a worker that gives up soon. */
export function workerSettingsWith(fields: Partial<WorkerSettings> = {}): WorkerSettings {
  return {
    killGraceMs: 200,
    drainTimeoutMs: 200,
    maxLineBytes: 1_024,
    maxLogSizeBytes: 10_000,
    streamOutput: true,
    environment: {},
    directory: null,
    spawner: 'thread',
    ...fields,
  };
}

/** The end of an attempt that went well. */
export function outcomeWith(fields: Partial<AttemptOutcome> = {}): AttemptOutcome {
  return {
    status: 'completed',
    exitCode: 0,
    signal: null,
    stdout: '',
    stderr: '',
    output: { stdoutBytes: 0, stderrBytes: 0, truncated: false, droppedBytes: 0, complete: true },
    pid: 4_242,
    startedAt: 2_000,
    endedAt: 3_000,
    durationMs: 1_000,
    error: null,
    termination: null,
    resourceUsage: null,
    logFailure: null,
    ...fields,
  };
}

/** The result of an execution that went well. */
export function resultWith(fields: Partial<ExecutionResult> = {}): ExecutionResult {
  const { logFailure: _, endedAt: completedAt, ...outcome } = outcomeWith();
  return { id: 'an id', attempts: 1, queuedAt: 1_000, completedAt, logPath: '/logs/x.log', ...outcome, ...fields };
}
