import { Lane } from '../actors/kernel/mailbox.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import { jobOf } from './job.js';
import type { ExecutionRecord } from './record.js';
import type { WorkerLink } from './worker-link.js';

/** Hands executions that hold a permit to workers, and knows which attempt is where. */
export class Dispatcher {
  readonly #waiting = new Lane<ExecutionRecord>();
  readonly #assigned = new Map<number, ExecutionRecord>();
  #lastRef = 0;

  constructor(
    private readonly config: EngineConfig,
    private readonly directory: string | null,
  ) {}

  /** Attempts under way and executions that wait for a worker. */
  get demand(): number {
    return this.#waiting.length + this.#assigned.size;
  }

  enqueue(record: ExecutionRecord): void {
    this.#waiting.push(record);
  }

  /** Assigns as long as there is work and a worker to take it. */
  dispatch(preferred: () => WorkerLink | null): void {
    while (this.#waiting.length > 0) {
      const link = preferred();
      if (!link) return;
      const record = this.#waiting.shift() as ExecutionRecord;
      if (record.slot === 'held') this.#assign(record, link); // it may have been cancelled meanwhile
    }
  }

  recordOf(ref: number): ExecutionRecord | undefined {
    return this.#assigned.get(ref);
  }

  assignedTo(link: WorkerLink): ExecutionRecord[] {
    return [...this.#assigned.values()].filter((record) => record.assignment?.link === link);
  }

  /** The attempt is over. */
  release(record: ExecutionRecord): void {
    if (!record.assignment) return;
    const { link, ref } = record.assignment;
    record.assignment = null;
    this.#assigned.delete(ref);
    if (--link.load === 0) link.setBusy(false);
  }

  #assign(record: ExecutionRecord, link: WorkerLink): void {
    const ref = ++this.#lastRef;
    record.attempt++;
    record.lastOutcome = null;
    record.assignment = { link, ref };
    this.#assigned.set(ref, record);
    if (link.load++ === 0) link.setBusy(true);
    link.send({ type: 'start', job: jobOf(record, ref, this.config, this.directory) });
    record.input?.assign((input) => link.send(input(ref)));
  }
}
