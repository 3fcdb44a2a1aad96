import type { Observable } from 'rxjs';
import type { ExecutionEvent } from '../actors/protocol/event.js';
import type { PlanExecutionResult, PlanProgress } from '../actors/protocol/plan.js';
import type { PlanStreams } from '../supervisor/plan-streams.js';

/** One submitted plan: its streams, its result, and the means to end it. */
export interface PlanExecution {
  readonly id: string;
  /**
   * The plan's own events and those of its executions: all but output from the beginning, output from now on. Completes after
   * `plan_finished`; never errors.
   */
  readonly events$: Observable<ExecutionEvent>;
  /** How far it has come now, then every change; completes with the plan. */
  readonly progress$: Observable<PlanProgress>;
  /** Every outcome is a value; this never rejects. */
  readonly result: Promise<PlanExecutionResult>;
  /**
   * Starts nothing more, and ends what runs. `reason` becomes part of the message of each result; the first one given stays. Does nothing
   * once the plan has ended.
   */
  cancel(reason?: string): void;
}

export class PlanHandle implements PlanExecution {
  readonly #streams: PlanStreams;
  readonly #cancel: (reason: string) => void;

  constructor(
    readonly id: string,
    streams: PlanStreams,
    cancel: (reason: string) => void,
  ) {
    this.#streams = streams;
    this.#cancel = cancel;
  }

  get events$(): Observable<ExecutionEvent> {
    return this.#streams.events$;
  }

  get progress$(): Observable<PlanProgress> {
    return this.#streams.progress$;
  }

  get result(): Promise<PlanExecutionResult> {
    return this.#streams.outcome;
  }

  cancel(reason = 'cancelled by the app'): void {
    this.#cancel(reason);
  }
}
