/** Base of everything the package throws or rejects with. `code` is stable; `message` says what to do. */
export class ExecutionError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}

/** One thing that is wrong with an input. */
export interface InputProblem {
  /** Where: `command.args[2]`; empty for the input as a whole. */
  path: string;
  expected: string;
  received: string;
}

function describe(problems: readonly InputProblem[]): string {
  return problems
    .map(({ path, expected, received }) => `${path || '(input)'}: expected ${expected}, got ${received}`)
    .join('; ');
}

/** A request that cannot be run as it stands. */
export class ValidationError extends ExecutionError {
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super('VALIDATION_ERROR', `Invalid request: ${describe(problems)}`);
    this.problems = problems;
  }
}

/** A configuration that cannot be used as it stands. */
export class ConfigurationError extends ExecutionError {
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[], options?: { cause?: unknown }) {
    super('CONFIGURATION_ERROR', `Invalid configuration: ${describe(problems)}`, options);
    this.problems = problems;
  }
}

/** One thing that is wrong with a plan file, and where. */
export interface PlanFileProblem {
  /** As the caller named it. */
  file: string;
  /** From 1; 0 where the file as a whole is meant. */
  line: number;
  /** In UTF-16 units, from 1; 0 where the file as a whole is meant. */
  column: number;
  /** The field: `commands[2].timeout_ms`; empty where there is none. */
  path: string;
  message: string;
}

/** A plan file that is not a plan. `message` shows each problem with its place and the line it is on. */
export class PlanFileError extends ExecutionError {
  /** In the order of the file; the first hundred, where there are more. */
  readonly problems: readonly PlanFileProblem[];

  constructor(message: string, problems: readonly PlanFileProblem[], options?: { cause?: unknown }) {
    super('PLAN_FILE_ERROR', message, options);
    this.problems = problems;
  }
}

/** With `admission: 'reject'`: every slot is taken. */
export class ConcurrencyLimitReachedError extends ExecutionError {
  constructor(readonly limit: number) {
    super(
      'CONCURRENCY_LIMIT_REACHED',
      `All ${limit} slots are taken. Wait for an execution to end, raise maxConcurrentExecutions, or use admission: 'queue'.`,
    );
  }
}

/** With `admission: 'queue'`: the queue is full. */
export class QueueFullError extends ExecutionError {
  constructor(readonly limit: number) {
    super(
      'QUEUE_FULL',
      `The queue already holds ${limit} executions. Wait for some to start, or raise maxQueuedExecutions.`,
    );
  }
}

/** `stop()` was called; this engine takes no more work. */
export class EngineStoppedError extends ExecutionError {
  constructor() {
    super('ENGINE_STOPPED', 'The engine has been stopped and takes no more work. Create another with createEngine().');
  }
}

/** Worker threads fail faster than they may be restarted. */
export class EngineUnhealthyError extends ExecutionError {
  constructor(reason: string) {
    super('ENGINE_UNHEALTHY', `The engine cannot run commands: ${reason}. See health$ for when it recovers.`);
  }
}

/** No execution of this id is in the registry. */
export class NotFoundError extends ExecutionError {
  constructor(readonly id: string) {
    super('NOT_FOUND', `No execution ${id}: it was never submitted here, or it has been removed or cleaned up.`);
  }
}

/** The execution has ended, has no live standard input, or had it closed with `end()`. */
export class NotRunningError extends ExecutionError {
  constructor(
    readonly id: string,
    detail: string,
  ) {
    super('NOT_RUNNING', `Execution ${id} ${detail}.`);
  }
}

/** The execution has not ended yet. */
export class NotFinishedError extends ExecutionError {
  constructor(
    readonly id: string,
    status: string,
  ) {
    super('NOT_FINISHED', `Execution ${id} is ${status}. Wait for it with wait(id), or cancel it first.`);
  }
}

/** The log of an execution cannot be read, is not whole, or was never to be written. */
export class LogReadError extends ExecutionError {
  constructor(
    readonly id: string,
    readonly path: string,
    detail: string,
    options?: { cause?: unknown },
  ) {
    super('LOG_READ_FAILED', `The log of execution ${id} at ${path} cannot be read: ${detail}.`, options);
  }
}
