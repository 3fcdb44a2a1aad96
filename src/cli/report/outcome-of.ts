import type { ExecutionResult } from '../../actors/protocol/execution.js';

/** How a command ended, in a word or three: `completed`, `exit code 2`, `SIGKILL`, `never ran`. */
export function outcomeOf({ status, exitCode, signal, startedAt, error }: ExecutionResult): string {
  switch (status) {
    case 'completed':
      return 'completed';
    case 'cancelled':
      return startedAt === null ? 'never ran' : 'cancelled';
    case 'timeout':
      if (error?.code === 'QUEUE_TIMEOUT') return 'waited too long';
      return error?.code === 'IDLE_TIMEOUT' ? 'silent too long' : 'timed out';
    case 'failed':
      if (error?.code === 'EXIT_NON_ZERO') return `exit code ${exitCode}`;
      if (error?.code === 'SIGNALLED' && signal !== null) return signal;
      return error?.code.toLowerCase().replaceAll('_', ' ') ?? 'failed';
  }
}
