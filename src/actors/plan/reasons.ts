import type { Failure } from '../protocol/execution.js';
import type { SkipCause, StopCause } from './scheduler-messages.js';

/** A command of a plan by its index and, where it has one, its name. */
export type LabelOf = (index: number) => string;

/** What a command that is ended with its plan says of itself. */
export function reasonOf(cause: StopCause, labelOf: LabelOf): string {
  switch (cause.type) {
    case 'failure':
      return `The plan was stopped because ${labelOf(cause.index)} did not complete`;
    case 'cancelled':
      return `The plan was cancelled: ${cause.reason}`;
    case 'timeout':
      return `The plan did not end within ${cause.timeoutMs} ms`;
    case 'engine_stopped':
      return 'The plan was stopped because the engine was stopped';
  }
}

/** What a command that never runs says of itself. */
export function failureOf(because: SkipCause, labelOf: LabelOf): Failure {
  if (because.type === 'stopped') return { code: 'PLAN_STOPPED', message: reasonOf(because.cause, labelOf) };
  return {
    code: 'DEPENDENCY_FAILED',
    message: `It depends on ${labelOf(because.index)}, which did not complete`,
  };
}
