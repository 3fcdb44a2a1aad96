import 'reflect-metadata';
import { Lifecycle, scoped } from 'tsyringe';
import { expired, type RetentionPolicy } from '../actors/cleanup/retention.js';
import { NotFinishedError, NotFoundError } from '../actors/protocol/errors.js';
import { type ExecutionFilter, type ExecutionSummary, isTerminal } from '../actors/protocol/execution.js';
import type { ExecutionRecord } from './record.js';

/** Every execution the engine remembers. */
@scoped(Lifecycle.ContainerScoped)
export class Registry {
  /** In order of submission. */
  readonly #records = new Map<string, ExecutionRecord>();
  /** Finished ones, in order of their end: the first to be forgotten comes first. */
  readonly #finished = new Set<ExecutionRecord>();
  readonly #live = new Set<ExecutionRecord>();
  /** Ids of executions to come. */
  readonly #reserved = new Set<string>();

  get finished(): ReadonlySet<ExecutionRecord> {
    return this.#finished;
  }

  /** Pending and running ones. */
  get live(): ReadonlySet<ExecutionRecord> {
    return this.#live;
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  /** Whether nobody else may use this id. */
  isTaken(id: string): boolean {
    return this.#records.has(id) || this.#reserved.has(id);
  }

  /** Keeps ids for executions to come: until each is added, or released. */
  reserve(ids: readonly string[]): void {
    for (const id of ids) this.#reserved.add(id);
  }

  release(ids: readonly string[]): void {
    for (const id of ids) this.#reserved.delete(id);
  }

  /** @throws {NotFoundError} */
  get(id: string): ExecutionRecord {
    const record = this.#records.get(id);
    if (!record) throw new NotFoundError(id);
    return record;
  }

  isLive(id: string): boolean {
    const record = this.#records.get(id);
    return record !== undefined && this.#live.has(record);
  }

  add(record: ExecutionRecord): void {
    this.#records.set(record.id, record);
    this.#reserved.delete(record.id);
    this.#live.add(record);
  }

  markFinished(record: ExecutionRecord): void {
    if (!isTerminal(record.status)) throw new Error(`Execution ${record.id} is ${record.status}`);
    this.#live.delete(record);
    this.#finished.add(record);
  }

  /** @throws {NotFinishedError} while it is pending or running */
  remove(record: ExecutionRecord): void {
    if (!isTerminal(record.status)) throw new NotFinishedError(record.id, record.status);
    this.#records.delete(record.id);
    this.#finished.delete(record);
  }

  /** The retention pass. Returns how many records it removed. */
  forgetExpired(policy: RetentionPolicy, nowMs: number): number {
    const gone = expired(this.#finished, this.#finished.size, policy, nowMs);
    for (const record of gone) this.remove(record);
    return gone.length;
  }

  /** Newest first. */
  list(filter: ExecutionFilter = {}): ExecutionSummary[] {
    const found: ExecutionSummary[] = [];
    const limit = filter.limit ?? Number.POSITIVE_INFINITY;
    const records = [...this.#records.values()];
    for (let index = records.length - 1; index >= 0 && found.length < limit; index--) {
      const record = records[index] as ExecutionRecord;
      if (record.matches(filter)) found.push(record.summary());
    }
    return found;
  }
}
