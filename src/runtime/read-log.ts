import { readFile } from 'node:fs/promises';
import { LogReadError } from '../actors/protocol/errors.js';
import type { ExecutionRecord } from '../supervisor/record.js';

/** The log of an execution as far as it has been written. Rejects with `LogReadError` when it is not whole or not there. */
export async function readLog(
  { id, logPath, logFailure, result }: ExecutionRecord,
  logOutput: boolean,
): Promise<string> {
  if (!logOutput) throw new LogReadError(id, logPath, 'the engine writes no logs (logOutput is false)');
  if (logFailure !== null) throw new LogReadError(id, logPath, `it is not whole: ${logFailure}`);
  try {
    return await readFile(logPath, 'utf8');
  } catch (error) {
    const wroteNothing = !result || result.output.stdoutBytes + result.output.stderrBytes === 0;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && wroteNothing) return '';
    throw new LogReadError(id, logPath, (error as Error).message, { cause: error });
  }
}
