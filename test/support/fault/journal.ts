import { expect } from 'chai';
import type { CommandEvent, ExecutionEngine } from 'execrx';

/** Every event of an engine, held against what is promised of the order and number of events per execution. */
export class Journal {
  readonly submitted = new Set<string>();
  readonly #ended = new Map<string, string>();
  /** Attempts that have started, and whether one runs. */
  readonly #attempts = new Map<string, { last: number; runs: boolean }>();
  readonly #violations: string[] = [];

  constructor(engine: ExecutionEngine) {
    engine.events$.subscribe((event) => {
      if (!('planId' in event)) this.#note(event, engine);
    });
  }

  get open(): string[] {
    return [...this.submitted].filter((id) => !this.#ended.has(id));
  }

  /** Exactly one terminal event each, and it was the last. */
  expectSound(): void {
    expect(this.#violations).to.deep.equal([]);
    expect(this.open, 'executions without a terminal event').to.deep.equal([]);
  }

  #note(event: CommandEvent, engine: ExecutionEngine): void {
    const { executionId: id, type } = event;
    const end = this.#ended.get(id);
    if (end !== undefined) this.#violations.push(`${type} after ${end} of ${id}`);
    if (type === 'queued') this.submitted.add(id);
    else if (!this.submitted.has(id)) this.#violations.push(`${type} before queued of ${id}`);
    this.#noteAttempt(event);
    if (!('result' in event)) return;
    this.#ended.set(id, type);
    if (engine.getStatus(id) !== type) this.#violations.push(`${type} of ${id}, which is ${engine.getStatus(id)}`);
  }

  /** Attempts come one after the other, and output only while one runs. */
  #noteAttempt(event: CommandEvent): void {
    const { executionId: id, type } = event;
    const { last, runs } = this.#attempts.get(id) ?? { last: 0, runs: false };
    if (type === 'started') {
      if (runs || event.attempt <= last) this.#violations.push(`attempt ${event.attempt} of ${id} after ${last}`);
      this.#attempts.set(id, { last: event.attempt, runs: true });
    } else if (type === 'retrying') {
      this.#attempts.set(id, { last, runs: false });
    } else if ((type === 'stdout' || type === 'stderr') && !runs) {
      this.#violations.push(`${type} of ${id} while nothing runs`);
    }
  }
}
