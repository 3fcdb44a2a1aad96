import { type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { type Remote, releaseProxy, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { ProcessSlotReader } from '../actors/process/process-slots.js';
import type { OutputCredit, WorkerBorn, WorkerControl, WorkerEvent, WorkerInput } from '../actors/protocol/wire.js';

export interface WorkerLinkListener {
  onBatch(link: WorkerLink, batch: WorkerEvent[]): void;
  /** A control call threw on the other side: a bug there. */
  onFault(link: WorkerLink, error: unknown): void;
}

/** The main thread's end of one worker actor. */
export class WorkerLink {
  /** Attempts handed over and not yet ended. */
  load = 0;
  readonly #remote: Remote<WorkerControl>;
  #inputs: WorkerInput[] = [];
  #credits: OutputCredit[] = [];
  #closed = false;

  constructor(
    /** What it said of itself last. */
    public born: WorkerBorn,
    private readonly thread: Worker,
    private readonly control: MessagePort,
    private readonly events: MessagePort,
    readonly slots: ProcessSlotReader,
    private readonly listener: WorkerLinkListener,
  ) {
    this.#remote = wrap<WorkerControl>(nodeEndpoint(control));
    events.on('message', (batch: WorkerEvent[]) => listener.onBatch(this, batch));
    this.setBusy(false);
  }

  get threadId(): number {
    return this.born.threadId;
  }

  /** Inputs of one turn travel in one call, in order. */
  send(input: WorkerInput): void {
    if (this.#closed) return;
    if (this.#inputs.push(input) === 1) queueMicrotask(() => this.#deliver());
  }

  /** The subscribers have had this much; the worker may send as much again. `memory`: what it had lent for that. */
  credit(ref: number, bytes: number, memory?: ArrayBuffer): void {
    if (this.#closed) return;
    const count = this.#credits.push(memory ? { ref, bytes, memory } : { ref, bytes });
    if (count === 1) queueMicrotask(() => this.#giveCredit());
  }

  /** Only a worker with work keeps the app alive. */
  setBusy(busy: boolean): void {
    // The thread too: its ports close before its end is told, and the app must live to hear of it.
    for (const handle of [this.control, this.events, this.thread]) {
      if (busy) handle.ref();
      else handle.unref();
    }
  }

  /** Resolves when every child is reaped, or rejects. The caller sets the deadline. */
  stop(): Promise<void> {
    return this.#remote.stop();
  }

  /** After the thread has ended: what it had said before. An end already reported wins over "lost". */
  remaining(): WorkerEvent[] {
    const events: WorkerEvent[] = [];
    for (let got = receiveMessageOnPort(this.events); got; got = receiveMessageOnPort(this.events)) {
      events.push(...(got.message as WorkerEvent[]));
    }
    return events;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#remote[releaseProxy]();
    this.control.close();
    this.events.close();
  }

  #deliver(): void {
    const inputs = this.#inputs;
    this.#inputs = [];
    if (this.#closed || inputs.length === 0) return;
    this.#remote.deliver(inputs).catch((error: unknown) => this.listener.onFault(this, error));
  }

  #giveCredit(): void {
    const credits = this.#credits;
    this.#credits = [];
    const returned = credits.flatMap(({ memory }) => memory ?? []);
    if (!this.#closed) this.events.postMessage(credits, returned);
  }
}
