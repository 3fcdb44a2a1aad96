import { Gate } from './gate.js';
import { InOrder } from './in-order.js';
import { type ItemOutcome, type ItemView, type MapCounts, problemOf } from './view.js';

export interface TallyOptions {
  /** Most items that are begun and not yet told of. */
  window: number;
  keepOrder: boolean;
}

/** Numbers items as they are begun, and tells the view how they ended: as they do, or in their order. */
export class Tally {
  readonly counts: MapCounts = { done: 0, failed: 0 };
  readonly #gate: Gate;
  readonly #order: InOrder<ItemOutcome> | null;
  #begun = 0;

  constructor(
    private readonly view: ItemView,
    { window, keepOrder }: TallyOptions,
  ) {
    this.#gate = new Gate(window);
    this.#order = keepOrder ? new InOrder() : null;
  }

  get begun(): number {
    return this.#begun;
  }

  get full(): boolean {
    return this.#gate.full;
  }

  /** Resolves when another item may be begun. */
  room(): Promise<void> {
    return this.#gate.room();
  }

  /** Resolves when all that are begun are told of. */
  empty(): Promise<void> {
    return this.#gate.empty();
  }

  begin(): number {
    this.#gate.enter();
    return this.#begun++;
  }

  /** `number`: what `begin` gave. */
  settle(number: number, outcome: ItemOutcome): void {
    if (this.#order === null) return this.#tell(outcome);
    for (const due of this.#order.add(number, outcome)) this.#tell(due);
  }

  /** Tells of what waits for others of which nothing will be told. */
  tellRest(): void {
    for (const outcome of this.#order?.rest() ?? []) this.#tell(outcome);
  }

  #tell(outcome: ItemOutcome): void {
    this.counts.done++;
    if (problemOf(outcome) !== null) this.counts.failed++;
    this.view.ended(outcome);
    this.#gate.leave();
  }
}
