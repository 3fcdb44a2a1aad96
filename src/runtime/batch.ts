import type { Observable } from 'rxjs';
import type { ExecutionRequest, ExecutionResult } from '../actors/protocol/execution.js';
import type { BatchSettings, ItemEnd, ItemsEnd } from '../actors/protocol/wire.js';
import type { ExecutionRecord } from '../supervisor/record.js';

export type { ItemEnd };

/** One command for each of many items. Its arguments are those of `batch`; `stdin` and `retry` are not for it. */
export interface BatchRequest extends Omit<ExecutionRequest, 'stdin' | 'retry'> {
  batch: BatchSettings;
}

/** An execution that takes items and tells how each ended, with less said of each than of an execution of its own. */
export class Batch {
  readonly #record: ExecutionRecord;
  readonly #cancel: (record: ExecutionRecord, reason: string) => void;

  constructor(record: ExecutionRecord, cancel: (record: ExecutionRecord, reason: string) => void) {
    this.#record = record;
    this.#cancel = cancel;
  }

  /** Many at a time, in the order in which they ended; completes with the batch. */
  get ends$(): Observable<ItemsEnd> {
    return this.#record.streams.items$;
  }

  /** Fails where one of the items has. */
  get result(): Promise<ExecutionResult> {
    return this.#record.outcome;
  }

  /** Items must not hold NUL. Resolves when all of them are begun, or will be as soon as there is a place, or never will. */
  async add(items: readonly string[]): Promise<void> {
    if (items.length > 0) await this.#record.input?.write(items.join('\0'));
  }

  /** Begins no more of them, and terminates those that run. @throws {NotRunningError} when it has ended */
  cancel(reason: string): void {
    this.#cancel(this.#record, reason);
  }

  /** There are no more. */
  end(): void {
    this.#record.input?.end();
  }
}
