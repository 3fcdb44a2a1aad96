import 'reflect-metadata';
import { Subject } from 'rxjs';
import { Lifecycle, scoped } from 'tsyringe';
import { Fanout } from '../actors/kernel/fanout.js';
import { runGuarded } from '../actors/kernel/run-guarded.js';
import type { ExecutionEvent, Transition } from '../actors/protocol/event.js';
import type { PlanEvent } from '../actors/protocol/plan.js';
import type { AttemptEvent } from '../actors/protocol/wire.js';
import { deliverLines } from './deliver-output.js';
import type { PlanStreams } from './plan-streams.js';
import type { ExecutionRecord } from './record.js';
import type { RecordStreams } from './record-streams.js';
import type { WorkerLink } from './worker-link.js';

type Chunk = Extract<AttemptEvent, { type: 'chunk' }>;
type Output = Chunk | Extract<AttemptEvent, { type: 'output' | 'items' }>;

type Publication =
  | { type: 'lifecycle'; record: ExecutionRecord; transition: Transition }
  | { type: 'plan'; streams: PlanStreams; event: PlanEvent }
  | { type: 'output'; record: ExecutionRecord; link: WorkerLink; block: Output }
  | { type: 'call'; call: () => void };

/**
 * Tells the outside what happened. Everything a message gave rise to is queued here and told, in order, before the next message is
 * looked at: subscribers may call back into the engine, and none sees events out of order or a registry that has moved on.
 */
@scoped(Lifecycle.ContainerScoped)
export class Publisher {
  readonly #queue: Publication[] = [];
  readonly #events = new Fanout<ExecutionEvent>(() => this.onInterest());
  readonly #transitions = new Subject<Transition>();
  #publishing = false;
  onInterest: () => void = () => {};

  /** For the actors inside: before everyone else, and never any output. */
  readonly transitions$ = this.#transitions.asObservable();

  /** Everything, for everyone. */
  readonly events$ = this.#events.values$;

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

  output(record: ExecutionRecord, link: WorkerLink, block: Output): void {
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

  #publishOutput({ id, streams }: ExecutionRecord, link: WorkerLink, block: Output): void {
    if (block.type === 'items') {
      streams.itemSink?.next({ silent: block.silent, ends: block.ends });
    } else if (block.type === 'output') {
      const { stream } = block;
      const all = this.#events.observed ? this.#events : null;
      const events = [streams.eventSink, streams.planSink, all].filter((sink) => sink !== null);
      deliverLines(id, block, { events, lines: streams.lineSink, text: streams.textSink(stream) });
    } else {
      this.#publishChunk(streams, block);
      if (block.lent) return link.credit(block.ref, block.bytes, block.data.buffer);
    }
    link.credit(block.ref, block.bytes);
  }

  /** What is lent is copied for the subscribers, who may keep it. */
  #publishChunk({ chunkSink }: RecordStreams, { stream, data, lent, at: timestamp }: Chunk): void {
    if (!chunkSink?.observed) return;
    const { buffer, byteOffset, byteLength } = data;
    const view = Buffer.from(buffer, byteOffset, byteLength);
    const own = lent ? Buffer.allocUnsafeSlow(byteLength) : view;
    if (lent) view.copy(own);
    chunkSink.next({ stream, data: own, timestamp });
  }
}
