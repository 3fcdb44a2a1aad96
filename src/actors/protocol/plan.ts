import type { Command } from './command.js';
import type { ExecutionMetadata, ExecutionRequest, ExecutionResult, TerminalStatus } from './execution.js';
import type { ExecutionStats } from './stats.js';

/** In which order, and how many at once, the commands of a plan run. Indices are places in `commands`, from 0. */
export type ExecutionStrategy = SerialStrategy | ParallelStrategy | DependencyGraphStrategy;

/** One after the other. */
export interface SerialStrategy {
  type: 'serial';
  /** Whether the first command that does not complete ends the plan. @default true */
  stopOnError?: boolean;
}

/** Side by side, in no order. */
export interface ParallelStrategy {
  type: 'parallel';
  /** How many commands of this plan may run at once, besides the engine's own limit. @default no own limit */
  maxConcurrency?: number;
  /** Whether the first command that does not complete ends the plan, those that run included. @default false */
  stopOnError?: boolean;
}

/** Each as soon as those it depends on have completed. */
export interface DependencyGraphStrategy {
  type: 'dependency_graph';
  /** For a command, those that must complete before it starts. A command that is not a key depends on nothing. */
  dependencies: Record<number, number[]>;
  /** How many commands of this plan may run at once, besides the engine's own limit. @default no own limit */
  maxConcurrency?: number;
  /**
   * `skip_dependents`: what depends on a command that did not complete, directly or not, never runs; the rest goes on. `stop`: the plan ends,
   * commands that run included.
   * @default 'skip_dependents'
   */
  onFailure?: 'skip_dependents' | 'stop';
}

/** A request, and the name by which others of the plan may refer to what it wrote. */
export interface PlanCommand extends ExecutionRequest {
  /**
   * Unique in the plan; letters, digits, `_` and `-`. A command that surely runs after this one may say `${{ name.stdout }}`,
   * `${{ name.stderr }}` or `${{ name.exitCode }}` in its arguments and in the values of its `env`.
   */
  name?: string;
}

export interface ExecutionPlan {
  /** A UUID. @default crypto.randomUUID() */
  id?: string;
  description?: string;
  strategy: ExecutionStrategy;
  /** At least one. */
  commands: PlanCommand[];
  /** Longest run of the whole plan, in milliseconds from its submission. @default no bound */
  timeoutMs?: number;
  /** For every command that has none of its own. */
  metadata?: ExecutionMetadata;
}

/** How far a plan has come. */
export interface PlanProgress {
  /** How many commands have a result, those that never ran included. Never falls. */
  completed: number;
  /** How many commands the plan has. */
  total: number;
  /** What was started last: its name, or its command in words; `null` before the first start. */
  currentCommand: string | null;
}

/** Counts of results by status; `total` is their sum. */
export type PlanStats = ExecutionStats;

export interface PlanExecutionResult {
  planId: string;
  /** `completed`: all commands did; `cancelled`: the plan was, or the engine stopped; `timeout`: the plan's own time ran out; else `failed`. */
  status: TerminalStatus;
  /**
   * `results[i]` belongs to `commands[i]`. One that never ran is `cancelled`, with `DEPENDENCY_FAILED` or `PLAN_STOPPED`.
   */
  results: ExecutionResult[];
  /** Submission to end, in milliseconds, from a monotonic clock. */
  totalDurationMs: number;
  stats: PlanStats;
}

interface OfPlan {
  /** Milliseconds since the epoch. */
  timestamp: number;
  planId: string;
  /** A plan's events are of no execution. Here so that a subscriber may look before it narrows. */
  executionId?: undefined;
}

export interface PlanStartedEvent extends OfPlan {
  type: 'plan_started';
  /** How many commands the plan has. */
  total: number;
}

/** A command of the plan started or ended. */
export interface PlanProgressEvent extends OfPlan, PlanProgress {
  type: 'progress';
}

/** The last event of a plan; there is exactly one. */
export interface PlanFinishedEvent extends OfPlan {
  type: 'plan_finished';
  result: PlanExecutionResult;
}

export type PlanEvent = PlanStartedEvent | PlanProgressEvent | PlanFinishedEvent;

/** A command in words: what it runs, without secrets an environment may hold. */
export function describeCommand(command: Command): string {
  switch (command.type) {
    case 'exec':
      return [command.program, ...(command.args ?? [])].join(' ');
    case 'shell':
      return command.command;
    case 'script':
      return [command.path, ...(command.args ?? [])].join(' ');
    case 'aws_cli':
      return ['aws', command.service, command.operation, ...(command.args ?? [])].join(' ');
  }
}
