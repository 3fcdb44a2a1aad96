import type { OversizedOutputStrategy } from './execution.js';

/** What the engine says to whoever operates it. The argument order is pino's. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Every field has a default; see the README for what each means. */
export interface EngineConfig {
  /** Longest run of one attempt where the request says nothing. @default 300_000, or `maxTimeoutMs` if that is given and less */
  defaultTimeoutMs: number;
  /** The ceiling of every request's `timeoutMs`. @default 3_600_000 */
  maxTimeoutMs: number;
  /** `false`: no lines on any stream; results and logs all the same. @default true */
  streamOutput: boolean;
  /** Where logs and oversized streams go; made with mode 0700, its files with 0600. @default a directory of this user's own under the system's temporary one */
  logDir: string;
  /** `false`: no log files. @default true */
  logOutput: boolean;
  /** Per execution; then a marker line, and the rest is not written. @default 104_857_600 */
  maxLogSizeBytes: number;
  /** How long a file in `logDir` is kept after it was last written. Looked at every `cleanupIntervalMs`. @default 86_400 */
  logRetentionSecs: number;
  /** Slots: how many executions may have a process at a time. @default 100 */
  maxConcurrentExecutions: number;
  /** At the limit: wait in the queue, or throw `ConcurrencyLimitReachedError`. @default 'queue' */
  admission: 'queue' | 'reject';
  /** How many may wait for a slot; past it, `QueueFullError`. @default 10_000 */
  maxQueuedExecutions: number;
  /**
   * How many finished executions are remembered, with their results. Exceeded by at most the greater of 100 and a tenth between timed
   * passes. @default 1_000
   */
  maxInMemoryExecutions: number;
  /** How long a finished execution is remembered, from its end. @default 3_600 */
  executionRetentionSecs: number;
  /** `false`: nothing is forgotten or removed but by `cleanup` and `removeExecution`, and logs never. @default true */
  enableAutoCleanup: boolean;
  /** Between two passes over finished executions and old logs. @default 300_000 */
  cleanupIntervalMs: number;
  /** Kept in memory per stream of each execution; a finished one holds on to it while it is remembered. @default 10_485_760 */
  maxOutputSizeBytes: number;
  /** What happens to a stream that exceeds `maxOutputSizeBytes`. @default 'truncate_with_warning' */
  oversizedOutputStrategy: OversizedOutputStrategy;
  /** A longer line comes in pieces. @default 65_536 */
  maxLineBytes: number;
  /** From SIGTERM to SIGKILL; 0: SIGKILL at once. @default 5_000 */
  killGraceMs: number;
  /** How long output is awaited after the process has ended. @default 1_000 */
  drainTimeoutMs: number;
  /** How many threads start and read processes; each runs many at once. @default min(4, available processors) */
  workerThreads: number;
  /**
   * How processes are started: by a lean launcher process (Linux), in the worker thread, or whichever works, the launcher first; `health$`
   * says which it is. @default 'auto'
   */
  spawner: 'auto' | 'thread' | 'launcher';
  /** @default silent */
  logger: Logger;
}
