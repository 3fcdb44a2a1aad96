import type { ExecutionResult } from '../../actors/protocol/execution.js';

/** Where the log of a command is; `null` where there is none: logs are not kept, or it never ran. */
export function logOf({ startedAt, logPath }: ExecutionResult, logged: boolean): string | null {
  return logged && startedAt !== null ? logPath : null;
}
