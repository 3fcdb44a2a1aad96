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
  /** @default 300_000 */
  defaultTimeoutMs: number;
  /** The ceiling of every request's `timeoutMs`. @default 3_600_000 */
  maxTimeoutMs: number;
  /** `false`: no `stdout` and `stderr` events; results and logs all the same. @default true */
  streamOutput: boolean;
  /** Made with mode 0700. @default a directory of this user's own under the system's temporary one */
  logDir: string;
  /** @default true */
  logOutput: boolean;
  /** Per execution; then a marker line, and the rest is not written. @default 104_857_600 */
  maxLogSizeBytes: number;
  /** @default 86_400 */
  logRetentionSecs: number;
  /** @default 100 */
  maxConcurrentExecutions: number;
  /** At the limit: wait in the queue, or throw `ConcurrencyLimitReachedError`. @default 'queue' */
  admission: 'queue' | 'reject';
  /** @default 10_000 */
  maxQueuedExecutions: number;
  /** How many finished executions are remembered. @default 1_000 */
  maxInMemoryExecutions: number;
  /** How long a finished execution is remembered, from its end. @default 3_600 */
  executionRetentionSecs: number;
  /** @default true */
  enableAutoCleanup: boolean;
  /** @default 300_000 */
  cleanupIntervalMs: number;
  /** Kept per stream. @default 10_485_760 */
  maxOutputSizeBytes: number;
  /** @default 'truncate_with_warning' */
  oversizedOutputStrategy: OversizedOutputStrategy;
  /** A longer line comes in pieces. @default 65_536 */
  maxLineBytes: number;
  /** From SIGTERM to SIGKILL. @default 5_000 */
  killGraceMs: number;
  /** How long output is awaited after the process has ended. @default 1_000 */
  drainTimeoutMs: number;
  /** @default min(4, available processors) */
  workerThreads: number;
  /** @default 'auto' */
  spawner: 'auto' | 'thread' | 'launcher';
  /** @default silent */
  logger: Logger;
}
