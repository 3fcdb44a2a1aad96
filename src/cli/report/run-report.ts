import type { ExecutionPlan, PlanExecutionResult } from '../../actors/protocol/plan.js';

/** One run of a plan, as reports tell of it. */
export interface RunReport {
  /** What to call the plan: its description, or its file. */
  title: string;
  plan: ExecutionPlan;
  result: PlanExecutionResult;
  /** When the plan was submitted, in milliseconds since the epoch. */
  startedAt: number;
  /** Whether each command has a log. */
  logged: boolean;
  /** Of execrx. */
  version: string;
}
