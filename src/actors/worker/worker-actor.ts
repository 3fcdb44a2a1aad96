import type { Clock } from '../kernel/clock.js';
import type {
  BatchJob,
  Job,
  OutputCredit,
  WorkerControl,
  WorkerEvent,
  WorkerInput,
  WorkerMail,
  WorkerSettings,
} from '../protocol/wire.js';
import { Attempt } from './attempt.js';
import { BatchAttempt } from './batch/batch-attempt.js';
import { CreditWindow } from './credit-window.js';
import { BlockPool } from './output/block-pool.js';
import type { Spawner } from './spawner/spawner.js';
import type { Task } from './task.js';

export interface WorkerActorOptions {
  spawner: Spawner;
  clock: Clock;
  settings: WorkerSettings;
  listenAll: boolean;
  emit(event: WorkerEvent): void;
}

/** The actor in a worker thread: runs many attempts at once and knows nothing of executions, queues or retries. */
export class WorkerActor implements WorkerControl {
  readonly #attempts = new Map<number, Task>();
  readonly #window = new CreditWindow();
  readonly #blocks = new BlockPool();
  #listenAll: boolean;
  #onIdle: (() => void) | null = null;

  constructor(private readonly options: WorkerActorOptions) {
    this.#listenAll = options.listenAll;
  }

  receive({ inputs, credits }: WorkerMail): void {
    this.credit(credits);
    this.deliver(inputs);
  }

  deliver(inputs: WorkerInput[]): void {
    const started: Task[] = [];
    for (const input of inputs) {
      if (input.type === 'start') started.push(this.#create(input));
      else if (input.type === 'listen_all') this.#setListenAll(input.on);
      else this.#forward(input);
    }
    // Only now: a cancel that came in the same delivery must find nothing spawned.
    for (const attempt of started) void attempt.start();
  }

  credit(credits: OutputCredit[]): void {
    for (const { ref, bytes, memory } of credits) {
      if (memory) this.#blocks.give(memory);
      const attempt = this.#attempts.get(ref);
      if (attempt) attempt.credit(bytes);
      else this.#window.creditEnded(bytes);
    }
  }

  async stop(): Promise<void> {
    for (const attempt of this.#attempts.values()) attempt.terminate('stop');
    if (this.#attempts.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }

  #create({ job }: Extract<WorkerInput, { type: 'start' }>): Task {
    const { spawner, clock, settings, emit } = this.options;
    const onEnded = () => {
      this.#attempts.delete(job.ref);
      if (this.#attempts.size === 0) this.#onIdle?.();
    };
    const context = { spawner, clock, settings, emit, onEnded, window: this.#window, blocks: this.#blocks };
    const attempt = isBatch(job) ? new BatchAttempt(job, context) : new Attempt(job, context, this.#listenAll);
    this.#attempts.set(job.ref, attempt);
    return attempt;
  }

  #forward(input: Exclude<WorkerInput, { type: 'start' | 'listen_all' }>): void {
    const attempt = this.#attempts.get(input.ref);
    if (!attempt) {
      this.options.emit({ type: 'undeliverable', ref: input.ref, input: input.type });
      if (input.type === 'write') this.options.emit({ type: 'input_taken', ref: input.ref, sequence: input.sequence });
      return;
    }
    switch (input.type) {
      case 'terminate':
        return attempt.terminate(input.cause);
      case 'write':
        return attempt.write(input.data, input.sequence);
      case 'end_input':
        return attempt.endInput();
      case 'listen':
        return attempt.listen(input.mask);
    }
  }

  #setListenAll(on: boolean): void {
    this.#listenAll = on;
    for (const attempt of this.#attempts.values()) attempt.listenAll(on);
  }
}

function isBatch(job: Job): job is BatchJob {
  return job.batch !== null;
}
