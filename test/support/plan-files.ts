import { PlanFileError } from '#dist/actors/protocol/errors.js';
import { parsePlan } from '#dist/runtime/plan-file/parse-plan.js';
import { thrownBy } from './rejection.js';

/** The error with which a text is refused as a plan file; fails for a text that is not refused, or with another error. */
export function refusalOf(text: string, file = 'p.yaml'): PlanFileError {
  const error = thrownBy(() => parsePlan(text, { file }));
  if (error instanceof PlanFileError) return error;
  throw error;
}
