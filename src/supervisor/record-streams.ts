import type { Observable } from 'rxjs';
import { Fanout } from '../actors/kernel/fanout.js';
import {
  type CommandEvent,
  type ExecutionEvent,
  isTerminalEvent,
  type LifecycleEvent,
} from '../actors/protocol/event.js';
import type { OutputChunk, OutputLine, StreamName } from '../actors/protocol/execution.js';
import { type ItemsEnd, LISTEN_BOTH, LISTEN_CHUNKS, LISTEN_STDERR, LISTEN_STDOUT } from '../actors/protocol/wire.js';
import type { PlanStreams } from './plan-streams.js';

/**
 * The streams of one execution. They are made when someone asks for them: most executions are only awaited, and a hundred thousand of
 * them in the queue must not cost half a million streams.
 */
export class RecordStreams {
  readonly #lifecycle: LifecycleEvent[] = [];
  #finished = false;
  #plan: PlanStreams | null;
  #events: Fanout<CommandEvent> | null = null;
  #output: Fanout<OutputLine> | null = null;
  #stdout: Fanout<string> | null = null;
  #stderr: Fanout<string> | null = null;
  #chunks: Fanout<OutputChunk> | null = null;
  #items: Fanout<ItemsEnd> | null = null;

  /** `plan`: those of the plan it belongs to. */
  constructor(
    private readonly onInterest: () => void,
    plan: PlanStreams | null = null,
  ) {
    this.#plan = plan;
    plan?.join(onInterest);
  }

  /** Which streams someone wants, and how. */
  get listenMask(): number {
    const chunks = this.#chunks?.observed ? LISTEN_CHUNKS : 0;
    if (this.#events?.observed || this.#output?.observed || this.#plan?.observed) return LISTEN_BOTH | chunks;
    return (this.#stdout?.observed ? LISTEN_STDOUT : 0) | (this.#stderr?.observed ? LISTEN_STDERR : 0) | chunks;
  }

  /** Lifecycle events so far, then everything live. Completes after the terminal event. */
  get events$(): Observable<CommandEvent> {
    this.#events ??= this.#open<CommandEvent>(this.#lifecycle);
    return this.#events.values$;
  }

  get output$(): Observable<OutputLine> {
    this.#output ??= this.#open();
    return this.#output.values$;
  }

  get stdout$(): Observable<string> {
    this.#stdout ??= this.#open();
    return this.#stdout.values$;
  }

  get stderr$(): Observable<string> {
    this.#stderr ??= this.#open();
    return this.#stderr.values$;
  }

  get chunks$(): Observable<OutputChunk> {
    this.#chunks ??= this.#open();
    return this.#chunks.values$;
  }

  publishLifecycle(event: LifecycleEvent): void {
    this.#lifecycle.push(event);
    this.#events?.next(event);
    this.#plan?.publishLifecycle(event);
    if (isTerminalEvent(event)) this.#finish();
  }

  /** `null` where nobody wants event objects of this execution. */
  get eventSink(): Fanout<CommandEvent> | null {
    return this.#events?.observed ? this.#events : null;
  }

  /** As `eventSink`, of the plan it belongs to. */
  get planSink(): Fanout<ExecutionEvent> | null {
    return this.#plan?.eventSink ?? null;
  }

  get lineSink(): Fanout<OutputLine> | null {
    return this.#output?.observed ? this.#output : null;
  }

  get chunkSink(): Fanout<OutputChunk> | null {
    return this.#chunks;
  }

  /** How the items of a batch ended, many at a time. */
  get items$(): Observable<ItemsEnd> {
    this.#items ??= this.#open();
    return this.#items.values$;
  }

  get itemSink(): Fanout<ItemsEnd> | null {
    return this.#items;
  }

  textSink(stream: StreamName): Fanout<string> | null {
    const sink = stream === 'stdout' ? this.#stdout : this.#stderr;
    return sink?.observed ? sink : null;
  }

  #open<T>(replay?: Iterable<T>): Fanout<T> {
    const fanout = new Fanout<T>(this.onInterest, replay);
    if (this.#finished) fanout.complete();
    return fanout;
  }

  #finish(): void {
    this.#finished = true;
    this.#plan?.leave(this.onInterest);
    this.#plan = null; // the registry may remember the execution for long, and need not remember the plan
    for (const fanout of [this.#output, this.#stdout, this.#stderr, this.#chunks, this.#items, this.#events])
      fanout?.complete();
  }
}
