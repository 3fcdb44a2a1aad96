import type { ExecutionResult, Failure } from '../protocol/execution.js';
import type { PlanCommand } from '../protocol/plan.js';
import type { PlanRun } from './plan-run.js';
import { fillInCommand, mentions, type Reference } from './references.js';

/** Thrown inside `substitute`, and not further. */
class Unavailable extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** A command with what others wrote in the place of its references, or why that cannot be. */
export function substitute(run: PlanRun, index: number): PlanCommand | Failure {
  const request = run.command(index);
  if (!mentions(request)) return request;
  try {
    return fillInCommand(request, (reference) => textOf(reference, run));
  } catch (error) {
    if (error instanceof Unavailable) return error.failure;
    throw error;
  }
}

function textOf({ name, field }: Reference, run: PlanRun): string {
  const index = run.indexOf(name) as number;
  const result = run.results[index] as ExecutionResult;
  const label = run.labelOf(index);
  if (result.status !== 'completed') {
    const message = `It refers to ${field} of ${label}, which did not complete`;
    throw new Unavailable({ code: 'DEPENDENCY_FAILED', message });
  }
  if (field === 'exitCode') return String(result.exitCode);

  const totalBytes = result.output[`${field}Bytes`];
  const keptBytes = run.port.keptBytesOf(run.command(index));
  if (totalBytes > keptBytes) {
    const message = `It refers to ${field} of ${label}, of whose ${totalBytes} bytes only the first ${keptBytes} were kept (maxOutputSizeBytes)`;
    throw new Unavailable({ code: 'DEPENDENCY_FAILED', message });
  }
  if (Buffer.byteLength(result[field]) !== totalBytes) {
    const message = `It refers to ${field} of ${label}, which is not UTF-8; an argument or variable is text`;
    throw new Unavailable({ code: 'DEPENDENCY_FAILED', message });
  }
  const value = withoutTrailingLineBreaks(result[field]);
  const nul = value.indexOf('\0');
  if (nul === -1) return value;
  const message = `It refers to ${field} of ${label}, which holds a NUL byte at ${nul}; no argument or variable can`;
  throw new Unavailable({ code: 'SPAWN_FAILED', message });
}

/** As a shell does with `$(…)`. */
function withoutTrailingLineBreaks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
  return text.slice(0, end);
}
