import type { Observable } from 'rxjs';
import { NotRunningError, ValidationError } from '../actors/protocol/errors.js';
import type { CommandEvent } from '../actors/protocol/event.js';
import {
  type ExecutionResult,
  type ExecutionStatus,
  isTerminal,
  type OutputChunk,
  type OutputLine,
} from '../actors/protocol/execution.js';
import type { ExecutionRecord } from '../supervisor/record.js';
import { describe } from './problems.js';

/** One submitted command: its streams, its result, and the means to end or feed it. */
export interface Execution {
  readonly id: string;
  /** Where it stands now; agrees with the events told so far. */
  readonly status: ExecutionStatus;
  /** Lifecycle events from the beginning, output from now on; completes after the terminal event. Never errors. */
  readonly events$: Observable<CommandEvent>;
  /** Lines of both streams from now on; completes when the execution ends. Silent with `streamOutput: false`. */
  readonly output$: Observable<OutputLine>;
  /** Lines of one stream from now on. The pieces of a line longer than `maxLineBytes` come one by one, unmarked. */
  readonly stdout$: Observable<string>;
  /** As `stdout$`. */
  readonly stderr$: Observable<string>;
  /**
   * Bytes of both streams as they come, from now on; completes when the execution ends. For output that is not text, or too much of it to
   * be cut into lines. Silent with `streamOutput: false`.
   */
  readonly chunks$: Observable<OutputChunk>;
  /** Every outcome is a value; this never rejects. */
  readonly result: Promise<ExecutionResult>;
  /** As `ExecutionEngine.cancel`. @throws {NotRunningError} when it has ended */
  cancel(reason?: string): void;
  /**
   * Feeds a process submitted with `stdin: { pipe: true }`. Resolves when its pipe has taken the data, or when the process has ended and
   * nobody will.
   * @throws {NotRunningError} when it has ended, `end` was called, or its input is not a live one
   * @throws {ValidationError} when `data` is neither text nor bytes
   */
  write(data: string | Uint8Array): Promise<void>;
  /** Closes the process's standard input. @throws {NotRunningError} as `write` does, but may be called twice */
  end(): void;
}

export class ExecutionHandle implements Execution {
  readonly #record: ExecutionRecord;
  readonly #cancel: (record: ExecutionRecord, reason: string) => void;

  constructor(record: ExecutionRecord, cancel: (record: ExecutionRecord, reason: string) => void) {
    this.#record = record;
    this.#cancel = cancel;
  }

  get id(): string {
    return this.#record.id;
  }

  get status(): ExecutionStatus {
    return this.#record.status;
  }

  get events$(): Observable<CommandEvent> {
    return this.#record.streams.events$;
  }

  get output$(): Observable<OutputLine> {
    return this.#record.streams.output$;
  }

  get stdout$(): Observable<string> {
    return this.#record.streams.stdout$;
  }

  get stderr$(): Observable<string> {
    return this.#record.streams.stderr$;
  }

  get chunks$(): Observable<OutputChunk> {
    return this.#record.streams.chunks$;
  }

  get result(): Promise<ExecutionResult> {
    return this.#record.outcome;
  }

  cancel(reason = 'cancelled by the app'): void {
    this.#cancel(this.#record, reason);
  }

  write(data: string | Uint8Array): Promise<void> {
    const input = this.#liveInput();
    if (input.ended) throw new NotRunningError(this.id, 'takes no more input: end() was called');
    if (typeof data === 'string') return input.write(data);
    if (data instanceof Uint8Array) return input.write(new Uint8Array(data)); // a copy, which Buffer's slice() is not
    throw new ValidationError([{ path: 'data', expected: 'a string or a Uint8Array', received: describe(data) }]);
  }

  end(): void {
    this.#liveInput().end();
  }

  #liveInput() {
    const { input, status, id } = this.#record;
    if (isTerminal(status)) throw new NotRunningError(id, `has already ended (${status})`);
    if (!input) throw new NotRunningError(id, 'has no live standard input; submit it with stdin: { pipe: true }');
    return input;
  }
}
