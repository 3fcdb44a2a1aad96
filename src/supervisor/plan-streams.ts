import { Observable, ReplaySubject, Subject } from 'rxjs';
import { type Deferred, deferred } from '../actors/kernel/deferred.js';
import type { ExecutionEvent, LifecycleEvent } from '../actors/protocol/event.js';
import type { PlanEvent, PlanExecutionResult, PlanProgress } from '../actors/protocol/plan.js';

/** The streams of one plan: its own events, and those of its executions. */
export class PlanStreams {
  /** Everything but output. */
  readonly #replay: Array<PlanEvent | LifecycleEvent> = [];
  readonly #events = new Subject<ExecutionEvent>();
  readonly #progress = new ReplaySubject<PlanProgress>(1);
  #last: PlanProgress;
  readonly #outcome: Deferred<PlanExecutionResult> = deferred();
  /** Of each execution that has not ended: called when the interest in output changes. */
  readonly #members = new Set<() => void>();
  #finished = false;

  constructor(total: number) {
    this.#last = { completed: 0, total, currentCommand: null };
    this.#progress.next(this.#last);
  }

  /** What has been told so far but for output, then everything live. Completes after `plan_finished`. */
  readonly events$ = new Observable<ExecutionEvent>((subscriber) => {
    for (const event of this.#replay) subscriber.next(event);
    if (this.#finished) return subscriber.complete();
    const subscription = this.#events.subscribe(subscriber);
    this.#tellMembers();
    return () => {
      subscription.unsubscribe();
      this.#tellMembers();
    };
  });

  /** The current value, then every change; completes with the plan. */
  readonly progress$ = this.#progress.asObservable();

  get outcome(): Promise<PlanExecutionResult> {
    return this.#outcome.promise;
  }

  /** Whether someone wants the lines of every execution of the plan. */
  get observed(): boolean {
    return this.#events.observed;
  }

  /** `null` where nobody wants event objects of this plan. */
  get eventSink(): Subject<ExecutionEvent> | null {
    return this.#events.observed ? this.#events : null;
  }

  join(onInterest: () => void): void {
    this.#members.add(onInterest);
  }

  leave(onInterest: () => void): void {
    this.#members.delete(onInterest);
  }

  publishLifecycle(event: LifecycleEvent): void {
    this.#replay.push(event);
    this.#events.next(event);
  }

  publish(event: PlanEvent): void {
    this.#replay.push(event);
    if (event.type === 'progress') this.#publishProgress(event);
    this.#events.next(event);
    if (event.type === 'plan_finished') this.#finish();
  }

  announceOutcome(result: PlanExecutionResult): void {
    this.#outcome.resolve(result);
  }

  /** A command may start under the same name as the one before: an event, but no change. */
  #publishProgress({ completed, total, currentCommand }: PlanProgress): void {
    if (completed === this.#last.completed && currentCommand === this.#last.currentCommand) return;
    this.#last = { completed, total, currentCommand };
    this.#progress.next(this.#last);
  }

  #finish(): void {
    this.#finished = true;
    this.#progress.complete();
    this.#events.complete();
  }

  #tellMembers(): void {
    for (const onInterest of this.#members) onInterest();
  }
}
