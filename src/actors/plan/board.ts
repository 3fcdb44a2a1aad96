import { PriorityQueue } from '../kernel/priority-queue.js';
import { degree, eachNeighbour, type PlanGraph } from './graph.js';
import type { StopCause } from './scheduler-messages.js';

export interface BoardSetup {
  graph: PlanGraph;
  /** How many may run at once. */
  limit: number;
  /** Of those that could start, the higher goes first, and equal ones in the order in which they became ready. */
  priorityOf(index: number): number;
}

const WAITING = 0;
const RUNNING = 1;
const OVER = 2;

/** Which commands of a plan wait, run and are over. Everything is constant time per command or edge, but for the heap of those ready. */
export class Board {
  readonly #phases: Uint8Array;
  /** How many dependencies have yet to end. */
  readonly #missing: Uint32Array;
  readonly #ready = new PriorityQueue<number>();
  /** How often it has been changed by a step of the scheduler. */
  steps = 0;
  #running = 0;
  #over = 0;
  #completed = 0;
  #stopped: StopCause | null = null;

  constructor(private readonly setup: BoardSetup) {
    const { size, dependencies } = setup.graph;
    this.#phases = new Uint8Array(size);
    this.#missing = new Uint32Array(size).map((_, node) => degree(dependencies, node));
  }

  get size(): number {
    return this.setup.graph.size;
  }

  get completed(): number {
    return this.#completed;
  }

  get isOver(): boolean {
    return this.#over === this.size;
  }

  get stopped(): StopCause | null {
    return this.#stopped;
  }

  isRunning(index: number): boolean {
    return this.#phases[index] === RUNNING;
  }

  /** Those without dependencies are ready. */
  begin(): void {
    for (let index = 0; index < this.size; index++) {
      if (this.#missing[index] === 0) this.#ready.push(index, this.setup.priorityOf(index));
    }
  }

  /** Starts one that is ready, if there is one and the limit lets it. */
  start(): number | undefined {
    if (this.#stopped !== null || this.#running >= this.setup.limit) return undefined;
    const index = this.#ready.shift();
    if (index === undefined) return undefined;
    this.#phases[index] = RUNNING;
    this.#running++;
    return index;
  }

  /** Whether it was running until now. */
  end(index: number, ok: boolean): boolean {
    if (this.#phases[index] !== RUNNING) return false;
    this.#phases[index] = OVER;
    this.#running--;
    this.#over++;
    if (ok) this.#completed++;
    return true;
  }

  /** Those that waited for it wait for one less. */
  release(index: number): void {
    eachNeighbour(this.setup.graph.dependents, index, (dependent) => {
      const missing = (this.#missing[dependent] as number) - 1;
      this.#missing[dependent] = missing;
      if (missing === 0) this.#ready.push(dependent, this.setup.priorityOf(dependent));
    });
  }

  /** Whether it was waiting until now. */
  skip(index: number): boolean {
    if (this.#phases[index] !== WAITING) return false;
    this.#phases[index] = OVER;
    this.#over++;
    return true;
  }

  /** Whether this is the first cause; later ones change nothing. */
  stop(cause: StopCause): boolean {
    if (this.#stopped !== null || this.isOver) return false;
    this.#stopped = cause;
    return true;
  }
}
