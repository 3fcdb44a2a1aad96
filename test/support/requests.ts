import { type InputProblem, ValidationError } from '#lib/actors/protocol/errors.js';
import type { ExecutionRequest } from '#lib/actors/protocol/execution.js';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { resolveRequest } from '#lib/runtime/request/resolve-request.js';
import type { Submission } from '#lib/supervisor/submission.js';

export const trueCommand = { type: 'exec', program: 'true' } as const;

/** Resolves a request with the defaults; what is not said about the command is `true`. Takes what no type would let through. */
export function resolve(fields: object = {}): Submission {
  return resolveRequest({ command: trueCommand, ...fields } as ExecutionRequest, defaultConfig());
}

/** What is wrong with a request; throws if nothing is, or if it is refused in any other way. */
export function problemsWith(fields: object): readonly InputProblem[] {
  return problemsOfThrown(() => resolve(fields));
}

export function problemsOfThrown(action: () => unknown): readonly InputProblem[] {
  try {
    action();
  } catch (error) {
    if (error instanceof ValidationError) return error.problems;
    throw error;
  }
  throw new Error('it was not refused');
}
