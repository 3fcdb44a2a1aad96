import { join } from 'node:path';
import type { EngineConfig } from '../actors/protocol/config.js';
import type { Job } from '../actors/protocol/wire.js';
import type { ExecutionRecord } from './record.js';

export function logPathOf(logDir: string, executionId: string): string {
  return join(logDir, `${executionId}.log`);
}

function spillPathsOf(logDir: string, executionId: string) {
  return { stdout: join(logDir, `${executionId}.stdout`), stderr: join(logDir, `${executionId}.stderr`) };
}

/** The next attempt of an execution, as its worker needs it. `ownDirectory`: where a worker starts processes if it is not told. */
export function jobOf(record: ExecutionRecord, ref: number, config: EngineConfig, ownDirectory: string | null): Job {
  const { id, program, args, env, inheritEnv, cwd, stdin, timeoutMs, idleTimeoutMs, ...rest } = record.submission;
  const { maxOutputSizeBytes, oversizedOutputStrategy, batch } = rest;
  return {
    ref,
    program,
    args,
    env,
    inheritEnv,
    cwd: cwd === ownDirectory ? null : cwd,
    stdin,
    timeoutMs,
    idleTimeoutMs,
    maxOutputSizeBytes,
    oversizedOutputStrategy,
    logPath: config.logOutput ? record.logPath : null,
    spillPaths: oversizedOutputStrategy === 'stream_to_file' ? spillPathsOf(config.logDir, id) : null,
    appendLog: record.attempt > 1,
    listen: config.streamOutput ? record.streams.listenMask : 0,
    batch,
  };
}
