import type { ExecutionPlan } from '../../index.js';
import { labelOf } from '../text/label-of.js';

/** What the commands of a plan are called, by the ids of their executions, which they must have. */
export function labelsOf(plan: ExecutionPlan): (executionId: string) => string {
  const indices = new Map(plan.commands.map(({ id = '' }, index) => [id, index]));
  return (id) => {
    const index = indices.get(id);
    return index === undefined ? id : labelOf(plan, index);
  };
}
