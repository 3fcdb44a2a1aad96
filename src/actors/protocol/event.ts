import type { Command } from './command.js';
import type { ExecutionResult, ExecutionStatus, Failure, StreamName } from './execution.js';
import type { PlanEvent } from './plan.js';

interface OfExecution {
  /** Milliseconds since the epoch. */
  timestamp: number;
  executionId: string;
}

/** Accepted; waits for a slot or is about to start. */
export interface QueuedEvent extends OfExecution {
  type: 'queued';
}

/** A process runs. `attempt` counts from 1. */
export interface StartedEvent extends OfExecution {
  type: 'started';
  pid: number;
  command: Command;
  attempt: number;
}

/** One line of output, without its line ending. */
export interface OutputEvent extends OfExecution {
  type: StreamName;
  line: string;
  /** The line was longer than `maxLineBytes` and goes on in the next event of this stream. */
  partial?: true;
}

/** A stream exceeded `maxOutputSizeBytes`. Once per stream and attempt. */
export interface OutputTruncatedEvent extends OfExecution {
  type: 'output_truncated';
  stream: StreamName;
  limitBytes: number;
}

/** An attempt ended badly; attempt number `attempt` follows after `delayMs`. */
export interface RetryingEvent extends OfExecution {
  type: 'retrying';
  attempt: number;
  delayMs: number;
}

export interface CompletedEvent extends OfExecution {
  type: 'completed';
  result: ExecutionResult;
}

export interface FailedEvent extends OfExecution {
  type: 'failed';
  result: ExecutionResult;
  error: Failure;
}

export interface CancelledEvent extends OfExecution {
  type: 'cancelled';
  result: ExecutionResult;
  reason: string;
}

export interface TimeoutEvent extends OfExecution {
  type: 'timeout';
  result: ExecutionResult;
}

/** The last event of an execution; there is exactly one. */
export type TerminalEvent = CompletedEvent | FailedEvent | CancelledEvent | TimeoutEvent;

/** What is replayed to a late subscriber: everything but output. */
export type LifecycleEvent = QueuedEvent | StartedEvent | OutputTruncatedEvent | RetryingEvent | TerminalEvent;

/** What happens to one command. */
export type CommandEvent = LifecycleEvent | OutputEvent;

/** Everything that is told, of executions and of plans. */
export type ExecutionEvent = CommandEvent | PlanEvent;

/** A step in one execution's life, as the actors that observe it need it: the event, and the statuses before and after. */
export interface Transition {
  event: LifecycleEvent;
  /** `null`: it did not exist before. */
  from: ExecutionStatus | null;
  to: ExecutionStatus;
}

export function isTerminalEvent(event: ExecutionEvent): event is TerminalEvent {
  return 'result' in event && event.type !== 'plan_finished';
}
