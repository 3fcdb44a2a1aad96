import { Observable, Subject } from 'rxjs';
import {
  type CommandEvent,
  type ExecutionEvent,
  isTerminalEvent,
  type LifecycleEvent,
} from '../actors/protocol/event.js';
import type { OutputLine } from '../actors/protocol/execution.js';
import { LISTEN_BOTH, LISTEN_STDERR, LISTEN_STDOUT } from '../actors/protocol/wire.js';
import type { PlanStreams } from './plan-streams.js';

/**
 * The streams of one execution. Subjects are made when someone subscribes: most executions are only awaited, and ten thousand of
 * them in the queue must not cost forty thousand subjects.
 */
export class RecordStreams {
  readonly #lifecycle: LifecycleEvent[] = [];
  #finished = false;
  #plan: PlanStreams | null;
  #events: Subject<CommandEvent> | null = null;
  #output: Subject<OutputLine> | null = null;
  #stdout: Subject<string> | null = null;
  #stderr: Subject<string> | null = null;

  /** `plan`: those of the plan it belongs to. */
  constructor(
    private readonly onInterest: () => void,
    plan: PlanStreams | null = null,
  ) {
    this.#plan = plan;
    plan?.join(onInterest);
  }

  /** Which streams someone wants line by line. */
  get listenMask(): number {
    if (this.#events?.observed || this.#output?.observed || this.#plan?.observed) return LISTEN_BOTH;
    return (this.#stdout?.observed ? LISTEN_STDOUT : 0) | (this.#stderr?.observed ? LISTEN_STDERR : 0);
  }

  /** Lifecycle events so far, then everything live. Completes after the terminal event. */
  readonly events$ = new Observable<CommandEvent>((subscriber) => {
    for (const event of this.#lifecycle) subscriber.next(event);
    if (this.#finished) return subscriber.complete();
    this.#events ??= new Subject();
    return this.#attach(this.#events.subscribe(subscriber));
  });

  readonly output$ = this.#live(() => {
    this.#output ??= new Subject();
    return this.#output;
  });

  readonly stdout$ = this.#live(() => {
    this.#stdout ??= new Subject();
    return this.#stdout;
  });

  readonly stderr$ = this.#live(() => {
    this.#stderr ??= new Subject();
    return this.#stderr;
  });

  publishLifecycle(event: LifecycleEvent): void {
    this.#lifecycle.push(event);
    this.#events?.next(event);
    this.#plan?.publishLifecycle(event);
    if (isTerminalEvent(event)) this.#finish();
  }

  /** `null` where nobody wants event objects of this execution. */
  get eventSink(): Subject<CommandEvent> | null {
    return this.#events?.observed ? this.#events : null;
  }

  /** As `eventSink`, of the plan it belongs to. */
  get planSink(): Subject<ExecutionEvent> | null {
    return this.#plan?.eventSink ?? null;
  }

  get lineSink(): Subject<OutputLine> | null {
    return this.#output?.observed ? this.#output : null;
  }

  textSink(stream: OutputLine['stream']): Subject<string> | null {
    const subject = stream === 'stdout' ? this.#stdout : this.#stderr;
    return subject?.observed ? subject : null;
  }

  #live<T>(subject: () => Subject<T>): Observable<T> {
    return new Observable<T>((subscriber) => {
      if (this.#finished) return subscriber.complete();
      return this.#attach(subject().subscribe(subscriber));
    });
  }

  #attach(subscription: { unsubscribe(): void }): () => void {
    this.onInterest();
    return () => {
      subscription.unsubscribe();
      if (!this.#finished) this.onInterest();
    };
  }

  #finish(): void {
    this.#finished = true;
    this.#plan?.leave(this.onInterest);
    this.#plan = null; // the registry may remember the execution for long, and need not remember the plan
    for (const subject of [this.#output, this.#stdout, this.#stderr, this.#events]) subject?.complete();
  }
}
