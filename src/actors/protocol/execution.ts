import type { Command } from './command.js';

export type StreamName = 'stdout' | 'stderr';

/**
 * What happens to a stream that exceeds `maxOutputSizeBytes`:
 * `truncate_with_warning` keeps the head; `fail_execution` terminates the process;
 * `stream_to_file` keeps the head in memory and the whole stream in a file.
 */
export type OversizedOutputStrategy = 'truncate_with_warning' | 'fail_execution' | 'stream_to_file';

export type TerminalStatus = 'completed' | 'failed' | 'cancelled' | 'timeout';
export type ExecutionStatus = 'pending' | 'running' | TerminalStatus;

/** Signal names as Node spells them. */
export type SignalName =
  | 'SIGABRT'
  | 'SIGALRM'
  | 'SIGBUS'
  | 'SIGCHLD'
  | 'SIGCONT'
  | 'SIGFPE'
  | 'SIGHUP'
  | 'SIGILL'
  | 'SIGINT'
  | 'SIGIO'
  | 'SIGIOT'
  | 'SIGKILL'
  | 'SIGPIPE'
  | 'SIGPOLL'
  | 'SIGPROF'
  | 'SIGPWR'
  | 'SIGQUIT'
  | 'SIGSEGV'
  | 'SIGSTKFLT'
  | 'SIGSTOP'
  | 'SIGSYS'
  | 'SIGTERM'
  | 'SIGTRAP'
  | 'SIGTSTP'
  | 'SIGTTIN'
  | 'SIGTTOU'
  | 'SIGUNUSED'
  | 'SIGURG'
  | 'SIGUSR1'
  | 'SIGUSR2'
  | 'SIGVTALRM'
  | 'SIGWINCH'
  | 'SIGXCPU'
  | 'SIGXFSZ'
  | 'SIGBREAK'
  | 'SIGLOST'
  | 'SIGINFO';

/** Why an execution did not complete. Stable: made to be compared with. */
export type FailureCode =
  | 'EXIT_NON_ZERO'
  | 'SIGNALLED'
  | 'SPAWN_FAILED'
  | 'TIMEOUT'
  | 'QUEUE_TIMEOUT'
  | 'IDLE_TIMEOUT'
  | 'CANCELLED'
  | 'OUTPUT_LIMIT_EXCEEDED'
  | 'WORKER_LOST'
  | 'LAUNCHER_LOST'
  | 'DEPENDENCY_FAILED'
  | 'PLAN_STOPPED'
  | 'ENGINE_STOPPED'
  | 'ENGINE_UNHEALTHY';

export interface RetryPolicy {
  /** How many times the command may be started in all, the first time included. */
  attempts: number;
  /** Pause before the second attempt, in milliseconds. */
  backoffMs: number;
  /** Each further pause is the previous one times this. @default 1 */
  factor?: number;
  /** The longest pause, in milliseconds. @default no bound */
  maxBackoffMs?: number;
  /** Which outcomes are tried again; never `WORKER_LOST`, `LAUNCHER_LOST`, `QUEUE_TIMEOUT` and cancelled ones. @default ['failed'] */
  on?: Array<'failed' | 'timeout'>;
}

/** Notes of the app's own; the engine only looks at `tags`, to filter by. */
export interface ExecutionMetadata {
  source?: string;
  conversationId?: string;
  tags?: Record<string, string>;
}

export interface ExecutionRequest {
  /** A UUID. @default crypto.randomUUID() */
  id?: string;
  command: Command;
  /** Variables on top of the engine's environment. */
  env?: Record<string, string>;
  /** `true`: `env` on top of the app's environment as it was when the engine was made; `false`: exactly `env`. @default true */
  inheritEnv?: boolean;
  /** @default the app's working directory at submission */
  workingDir?: string;
  /** Text or bytes to feed, or `{ pipe: true }` to feed it live with `write` and `end`. @default end of file at once */
  stdin?: string | Uint8Array | { pipe: true };
  /** Longest run of one attempt, in milliseconds from process start. @default config.defaultTimeoutMs */
  timeoutMs?: number;
  /** Longest wait for a slot, in milliseconds. @default no bound */
  queueTimeoutMs?: number;
  /** Longest silence on both streams, in milliseconds. @default no bound */
  idleTimeoutMs?: number;
  /** Higher goes first; equal ones go in order of arrival. @default 0 */
  priority?: number;
  /** Not together with `stdin: { pipe: true }`. @default one attempt */
  retry?: RetryPolicy;
  /** This execution's own cap, in bytes kept per stream. @default config.maxOutputSizeBytes */
  maxOutputSizeBytes?: number;
  /** @default config.oversizedOutputStrategy */
  oversizedOutputStrategy?: OversizedOutputStrategy;
  metadata?: ExecutionMetadata;
}

export interface OutputSummary {
  /** Bytes read from the process, kept or not. */
  stdoutBytes: number;
  stderrBytes: number;
  /** Whether `stdout` or `stderr` of the result is less than the process wrote. */
  truncated: boolean;
  /** Bytes that are neither in the result's text nor in a file. */
  droppedBytes: number;
  /** The file that holds the whole stream, where `stream_to_file` made one. */
  stdoutPath?: string;
  stderrPath?: string;
  /** `false` when something still held a pipe open at the end of the drain period. */
  complete: boolean;
}

export type TerminationCause = 'timeout' | 'idle_timeout' | 'cancel' | 'output_limit' | 'stop';

export interface TerminationReport {
  /** The first cause; later ones change nothing. */
  cause: TerminationCause;
  /** What was sent, and when (milliseconds since the epoch). */
  signals: Array<{ signal: string; at: number }>;
  /** Whether nothing of the process tree was left; `'unknown'` where the system cannot tell. */
  treeEmpty: boolean | 'unknown';
}

/**
 * Of the process and those of its children that it waited for. `maxRssBytes` is never less than the launcher's own memory: the system counts
 * from before the program is loaded.
 */
export interface ResourceUsage {
  userMs: number;
  systemMs: number;
  maxRssBytes: number;
}

/** `message` is for people and may change; `code` may not. */
export interface Failure {
  code: FailureCode;
  message: string;
}

/** How an execution ended. With a retry policy, the outcome is that of the last attempt. */
export interface ExecutionResult {
  id: string;
  status: TerminalStatus;
  /** `null`: it was killed by a signal or never started. */
  exitCode: number | null;
  signal: SignalName | null;
  /** What was kept, decoded as UTF-8; invalid bytes become U+FFFD. */
  stdout: string;
  stderr: string;
  output: OutputSummary;
  /** Of the last process started; `null` when there was none. */
  pid: number | null;
  /** How many times a process was started or tried to be. */
  attempts: number;
  /** Milliseconds since the epoch. */
  queuedAt: number;
  /** First process start; `null` when there was none. */
  startedAt: number | null;
  completedAt: number;
  /** First process start to end, pauses between attempts included, from a monotonic clock; 0 when nothing started. */
  durationMs: number;
  /** Where the log is, if the execution wrote anything and the engine writes logs. */
  logPath: string;
  /** `null` when it completed. */
  error: Failure | null;
  /** What the engine did to end the process; `null` when it ended by itself. */
  termination: TerminationReport | null;
  /** `null` where the spawner cannot tell; the thread spawner cannot. */
  resourceUsage: ResourceUsage | null;
}

/** What `listExecutions` tells of one. Times are milliseconds since the epoch. */
export interface ExecutionSummary {
  id: string;
  status: ExecutionStatus;
  command: Command;
  planId: string | null;
  tags: Readonly<Record<string, string>>;
  priority: number;
  /** The current or last one; 0 before the first. */
  attempt: number;
  pid: number | null;
  queuedAt: number;
  startedAt: number | null;
  completedAt: number | null;
}

/** All that is given must match. */
export interface ExecutionFilter {
  status?: ExecutionStatus | readonly ExecutionStatus[];
  planId?: string;
  /** Every tag named here must be present with this value. */
  tags?: Record<string, string>;
  /** At most this many, the newest. */
  limit?: number;
}

/** One line of output. */
export interface OutputLine {
  stream: StreamName;
  line: string;
  /** Milliseconds since the epoch at which the bytes were read. */
  timestamp: number;
  /** The line was longer than `maxLineBytes` and goes on in the next event of this stream. */
  partial?: true;
}

/** Output as it came, cut wherever the pipe was read. */
export interface OutputChunk {
  stream: StreamName;
  data: Buffer;
  /** Milliseconds since the epoch at which the bytes were read. */
  timestamp: number;
}

export function isTerminal(status: ExecutionStatus): status is TerminalStatus {
  return status !== 'pending' && status !== 'running';
}
