import type { Command } from '../actors/protocol/command.js';
import type { OversizedOutputStrategy, RetryPolicy } from '../actors/protocol/execution.js';
import type { BatchSettings, JobInput } from '../actors/protocol/wire.js';

/** A valid request with its defaults filled in and its command resolved to a program. */
export interface Submission {
  id: string;
  command: Command;
  planId: string | null;
  program: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  inheritEnv: boolean;
  cwd: string;
  stdin: JobInput;
  /** Run for each item that is written, and not once. */
  batch: BatchSettings | null;
  timeoutMs: number;
  queueTimeoutMs: number | null;
  idleTimeoutMs: number | null;
  priority: number;
  retry: Required<RetryPolicy> | null;
  maxOutputSizeBytes: number;
  oversizedOutputStrategy: OversizedOutputStrategy;
  tags: Readonly<Record<string, string>>;
}
