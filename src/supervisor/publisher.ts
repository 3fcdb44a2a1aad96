import 'reflect-metadata';
import { Observable, Subject } from 'rxjs';
import { Lifecycle, scoped } from 'tsyringe';
import { runGuarded } from '../actors/kernel/run-guarded.js';
import type { ExecutionEvent, OutputEvent, Transition } from '../actors/protocol/event.js';
import type { OutputLine } from '../actors/protocol/execution.js';
import type { PlanEvent } from '../actors/protocol/plan.js';
import type { WorkerEvent } from '../actors/protocol/wire.js';
import type { PlanStreams } from './plan-streams.js';
import type { ExecutionRecord } from './record.js';
import type { WorkerLink } from './worker-link.js';

type OutputBlock = Extract<WorkerEvent, { type: 'output' }>;

type Publication =
  | { type: 'lifecycle'; record: ExecutionRecord; transition: Transition }
  | { type: 'plan'; streams: PlanStreams; event: PlanEvent }
  | { type: 'output'; record: ExecutionRecord; link: WorkerLink; block: OutputBlock }
  | { type: 'call'; call: () => void };

/**
 * Tells the outside what happened. Everything a message gave rise to is queued here and told, in order, before the next message is
 * looked at: subscribers may call back into the engine, and none sees events out of order or a registry that has moved on.
 */
@scoped(Lifecycle.ContainerScoped)
export class Publisher {
  readonly #queue: Publication[] = [];
  readonly #events = new Subject<ExecutionEvent>();
  readonly #transitions = new Subject<Transition>();
  #publishing = false;
  onInterest: () => void = () => {};

  /** For the actors inside: before everyone else, and never any output. */
  readonly transitions$ = this.#transitions.asObservable();

  /** Everything, for everyone. */
  readonly events$ = new Observable<ExecutionEvent>((subscriber) => {
    const subscription = this.#events.subscribe(subscriber);
    this.onInterest();
    return () => {
      subscription.unsubscribe();
      this.onInterest();
    };
  });

  /** Whether someone wants the lines of every execution. */
  get listenAll(): boolean {
    return this.#events.observed;
  }

  lifecycle(record: ExecutionRecord, transition: Transition): void {
    this.#queue.push({ type: 'lifecycle', record, transition });
  }

  plan(streams: PlanStreams, event: PlanEvent): void {
    this.#queue.push({ type: 'plan', streams, event });
  }

  output(record: ExecutionRecord, link: WorkerLink, block: OutputBlock): void {
    this.#queue.push({ type: 'output', record, link, block });
  }

  /** Something else that may run code of the app's: logging, dead letters. */
  call(call: () => void): void {
    this.#queue.push({ type: 'call', call });
  }

  get idle(): boolean {
    return this.#queue.length === 0;
  }

  publishAll(): void {
    if (this.#publishing || this.#queue.length === 0) return;
    this.#publishing = true;
    for (let index = 0; index < this.#queue.length; index++) this.#publish(this.#queue[index] as Publication);
    this.#queue.length = 0;
    this.#publishing = false;
  }

  complete(): void {
    this.publishAll();
    this.#transitions.complete();
    this.#events.complete();
  }

  #publish(publication: Publication): void {
    switch (publication.type) {
      case 'lifecycle':
        return this.#publishLifecycle(publication.record, publication.transition);
      case 'plan':
        return this.#publishPlan(publication.streams, publication.event);
      case 'output':
        return this.#publishOutput(publication.record, publication.link, publication.block);
      case 'call':
        return runGuarded(publication.call);
    }
  }

  #publishLifecycle(record: ExecutionRecord, transition: Transition): void {
    const { event } = transition;
    this.#transitions.next(transition);
    record.streams.publishLifecycle(event);
    this.#events.next(event);
    if ('result' in event) record.announceOutcome(event.result);
  }

  #publishPlan(streams: PlanStreams, event: PlanEvent): void {
    streams.publish(event);
    this.#events.next(event);
    if (event.type === 'plan_finished') streams.announceOutcome(event.result);
  }

  /** One string becomes lines here, and only objects that someone wants are made. */
  #publishOutput({ id, streams }: ExecutionRecord, link: WorkerLink, block: OutputBlock): void {
    const { stream, partial, at: timestamp } = block;
    const toAll = this.#events.observed ? this.#events : null;
    const { eventSink: toEvents, planSink: toPlan, lineSink: toLines } = streams;
    const toText = streams.textSink(stream);
    if (toAll || toPlan || toEvents || toLines || toText) {
      const flag = partial ? ({ partial: true } as const) : undefined;
      for (const line of partial ? [block.text] : block.text.split('\n')) {
        if (toAll || toPlan || toEvents) {
          const event: OutputEvent = { type: stream, executionId: id, timestamp, line, ...flag };
          toEvents?.next(event);
          toPlan?.next(event);
          toAll?.next(event);
        }
        if (toLines) toLines.next(lineOf(stream, line, timestamp, partial));
        toText?.next(line);
      }
    }
    link.credit(block.ref, block.bytes);
  }
}

function lineOf(stream: OutputLine['stream'], line: string, timestamp: number, partial: boolean): OutputLine {
  return partial ? { stream, line, timestamp, partial } : { stream, line, timestamp };
}
