import { type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import { type Remote, releaseProxy, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { ProcessSlotReader } from '../actors/process/process-slots.js';
import type { WorkerBorn, WorkerControl, WorkerEvent, WorkerInput, WorkerMail } from '../actors/protocol/wire.js';

export interface WorkerLinkListener {
  onBatch(link: WorkerLink, batch: WorkerEvent[]): void;
}

/** The main thread's end of one worker actor. */
export class WorkerLink {
  /** Attempts handed over and not yet ended. */
  load = 0;
  readonly #remote: Remote<WorkerControl>;
  #mail: WorkerMail | null = null;
  #closed = false;

  constructor(
    /** What it said of itself last. */
    public born: WorkerBorn,
    private readonly thread: Worker,
    private readonly control: MessagePort,
    private readonly events: MessagePort,
    readonly slots: ProcessSlotReader,
    listener: WorkerLinkListener,
  ) {
    this.#remote = wrap<WorkerControl>(nodeEndpoint(control));
    events.on('message', (batch: WorkerEvent[]) => listener.onBatch(this, batch));
    this.setBusy(false);
  }

  get threadId(): number {
    return this.born.threadId;
  }

  send(input: WorkerInput): void {
    if (!this.#closed) this.#open().inputs.push(input);
  }

  /** The subscribers have had this much; the worker may send as much again. `memory`: what it had lent for that. */
  credit(ref: number, bytes: number, memory?: ArrayBuffer): void {
    if (!this.#closed) this.#open().credits.push(memory ? { ref, bytes, memory } : { ref, bytes });
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

  /** What one turn has for the worker travels together, in order. */
  #open(): WorkerMail {
    if (this.#mail === null) {
      this.#mail = { inputs: [], credits: [] };
      queueMicrotask(() => this.#post());
    }
    return this.#mail;
  }

  #post(): void {
    const mail = this.#mail;
    this.#mail = null;
    if (this.#closed || !mail) return;
    const returned = mail.credits.flatMap(({ memory }) => memory ?? []);
    this.events.postMessage(mail, returned);
  }
}
