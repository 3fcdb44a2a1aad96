import type { Failure, TerminalStatus, TerminationCause } from '../protocol/execution.js';
import type { Job } from '../protocol/wire.js';
import type { ProcessExit, SpawnRefusal } from './spawner/spawner.js';

export interface Verdict {
  status: TerminalStatus;
  error: Failure | null;
}

/** What an attempt's end means. A cause of ours explains the end, whatever status the process then left with. */
export function verdictOf(
  ending: { cause: TerminationCause | null; spawnFailure: SpawnRefusal | null; exit: ProcessExit | null },
  job: Pick<Job, 'timeoutMs' | 'idleTimeoutMs' | 'maxOutputSizeBytes'>,
): Verdict {
  if (ending.cause !== null) return verdictOfCause(ending.cause, job);
  if (ending.spawnFailure !== null) {
    return failed(ending.spawnFailure.lost ? 'LAUNCHER_LOST' : 'SPAWN_FAILED', ending.spawnFailure.message);
  }
  const { exitCode = null, signal = null, lost = null } = ending.exit ?? {};
  if (lost !== null) return failed('LAUNCHER_LOST', lost);
  if (signal !== null) return failed('SIGNALLED', `The process was killed by ${signal}`);
  if (exitCode !== 0) return failed('EXIT_NON_ZERO', `The process exited with code ${exitCode}`);
  return { status: 'completed', error: null };
}

function verdictOfCause(cause: TerminationCause, job: Parameters<typeof verdictOf>[1]): Verdict {
  switch (cause) {
    case 'timeout':
      return timedOut('TIMEOUT', `The process did not end within ${job.timeoutMs} ms`);
    case 'idle_timeout':
      return timedOut('IDLE_TIMEOUT', `The process wrote nothing for ${job.idleTimeoutMs} ms`);
    case 'output_limit':
      return failed(
        'OUTPUT_LIMIT_EXCEEDED',
        `The process wrote more than ${job.maxOutputSizeBytes} bytes to one stream`,
      );
    case 'cancel':
      return { status: 'cancelled', error: { code: 'CANCELLED', message: 'The execution was cancelled' } };
    case 'stop':
      return { status: 'cancelled', error: { code: 'ENGINE_STOPPED', message: 'The engine was stopped' } };
  }
}

function failed(code: Failure['code'], message: string): Verdict {
  return { status: 'failed', error: { code, message } };
}

function timedOut(code: Failure['code'], message: string): Verdict {
  return { status: 'timeout', error: { code, message } };
}
