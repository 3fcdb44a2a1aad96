import type { ExecutionEvent, ExecutionPlan, PlanExecutionResult } from '../../index.js';

/** Shows the run of a plan while it goes on. */
export interface RunView {
  told(event: ExecutionEvent): void;
  ended(result: PlanExecutionResult): void;
}

/** What the commands of a plan are called, by the ids of their executions. */
export type Labels = (executionId: string) => string;

export interface PlanOnShow {
  readonly plan: ExecutionPlan;
  readonly labels: Labels;
  /** Whether the commands have logs. */
  readonly logged: boolean;
}
