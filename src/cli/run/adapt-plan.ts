import type { ExecutionPlan, ExecutionStrategy } from '../../index.js';

export interface PlanOptions {
  keepGoing?: boolean;
  /** Milliseconds, for the whole plan. */
  timeout?: number;
}

/** The plan as the options want it, with an id for each command, by which its events are known. */
export function adaptPlan(
  plan: ExecutionPlan,
  { keepGoing, timeout }: PlanOptions,
  newId: () => string,
): ExecutionPlan {
  return {
    ...plan,
    strategy: keepGoing ? goingOn(plan.strategy) : plan.strategy,
    commands: plan.commands.map((command) => ({ ...command, id: command.id ?? newId() })),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  };
}

function goingOn(strategy: ExecutionStrategy): ExecutionStrategy {
  switch (strategy.type) {
    case 'serial':
    case 'parallel':
      return { ...strategy, stopOnError: false };
    case 'dependency_graph':
      return { ...strategy, onFailure: 'skip_dependents' };
  }
}
