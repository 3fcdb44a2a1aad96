export type { DeadLetter } from './actors/kernel/dead-letters.js';
export type { AwsCliCommand, Command, ExecCommand, ScriptCommand, ShellCommand } from './actors/protocol/command.js';
export type { EngineConfig, Logger } from './actors/protocol/config.js';
export {
  ConcurrencyLimitReachedError,
  ConfigurationError,
  EngineStoppedError,
  EngineUnhealthyError,
  ExecutionError,
  type InputProblem,
  LogReadError,
  NotFinishedError,
  NotFoundError,
  NotRunningError,
  PlanFileError,
  type PlanFileProblem,
  QueueFullError,
  ValidationError,
} from './actors/protocol/errors.js';
export type {
  CancelledEvent,
  CommandEvent,
  CompletedEvent,
  ExecutionEvent,
  FailedEvent,
  LifecycleEvent,
  OutputEvent,
  OutputTruncatedEvent,
  QueuedEvent,
  RetryingEvent,
  StartedEvent,
  TerminalEvent,
  TimeoutEvent,
} from './actors/protocol/event.js';
export type {
  ExecutionFilter,
  ExecutionMetadata,
  ExecutionRequest,
  ExecutionResult,
  ExecutionStatus,
  ExecutionSummary,
  Failure,
  FailureCode,
  OutputChunk,
  OutputLine,
  OutputSummary,
  OversizedOutputStrategy,
  ResourceUsage,
  RetryPolicy,
  SignalName,
  StreamName,
  TerminalStatus,
  TerminationCause,
  TerminationReport,
} from './actors/protocol/execution.js';
export type { EngineHealth, HealthStatus } from './actors/protocol/health.js';
export type {
  DependencyGraphStrategy,
  ExecutionPlan,
  ExecutionStrategy,
  ParallelStrategy,
  PlanCommand,
  PlanEvent,
  PlanExecutionResult,
  PlanFinishedEvent,
  PlanProgress,
  PlanProgressEvent,
  PlanStartedEvent,
  PlanStats,
  SerialStrategy,
} from './actors/protocol/plan.js';
export type { ConcurrencyMetrics, EngineStats, ExecutionStats, Percentiles } from './actors/protocol/stats.js';
export { awsCli, exec, script, shell } from './runtime/commands.js';
export { configFromEnv } from './runtime/config/from-env.js';
export { createEngine } from './runtime/create-engine.js';
export type { ExecutionEngine } from './runtime/engine.js';
export type { Execution } from './runtime/execution.js';
export { type EventHandler, loggingHandler, multiHandler, noopHandler } from './runtime/handlers.js';
export { dropWhenBusy } from './runtime/operators/drop-when-busy.js';
export type { PlanExecution } from './runtime/plan-execution.js';
export { planJsonSchema } from './runtime/plan-file/json-schema.js';
export { type ParsePlanOptions, parsePlan } from './runtime/plan-file/parse-plan.js';
export { readPlanFile } from './runtime/plan-file/read-plan-file.js';
export type { StopOptions } from './runtime/stop-options.js';
