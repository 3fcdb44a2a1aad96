/** What the command ends with. */
export const EXIT_CODE = {
  /** Everything completed. */
  completed: 0,
  /** Something failed, was cancelled, ran out of time, or the output could not be written. */
  failed: 1,
  /** The command line, a file or a setting is wrong. Nothing was run. */
  badInput: 2,
  SIGINT: 130,
  SIGTERM: 143,
} as const;

/** The codes of errors that are about what the user gave. */
const BAD_INPUT = new Set<unknown>(['BAD_INPUT', 'VALIDATION_ERROR', 'CONFIGURATION_ERROR', 'PLAN_FILE_ERROR']);

/** What the user gave cannot be used. `message` says what was expected and what came. */
export class BadInputError extends Error {
  readonly code = 'BAD_INPUT';
}

export function isBadInput(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && BAD_INPUT.has(error.code);
}
