import type { ExecutionPlan, ExecutionStrategy } from '../../index.js';

export interface PlanOptions {
  /** How many commands may run at once. */
  jobs?: number;
  keepGoing?: boolean;
  /** Milliseconds, for the whole plan. */
  timeout?: number;
}

/** The plan as the options want it, with an id for each command, by which its events are known. */
export function adaptPlan(
  plan: ExecutionPlan,
  { jobs, keepGoing, timeout }: PlanOptions,
  newId: () => string,
): ExecutionPlan {
  return {
    ...plan,
    strategy: limitedTo(jobs, keepGoing ? goingOn(plan.strategy) : plan.strategy),
    commands: plan.commands.map((command) => ({ ...command, id: command.id ?? newId() })),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  };
}

/** One command after the other stays so, however many may run at once. */
function limitedTo(jobs: number | undefined, strategy: ExecutionStrategy): ExecutionStrategy {
  if (jobs === undefined || strategy.type === 'serial') return strategy;
  return { ...strategy, maxConcurrency: jobs };
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
