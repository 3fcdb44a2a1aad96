import { systemClock } from '../kernel/clock.js';
import { hasOutput, type OutputEnds } from './output-ends.js';

/** How long processes may go on untold, in milliseconds. */
export interface Patience {
  /** How often they are looked at. One that has said something has until the next look to end. */
  lookMs: number;
  /** The longest that nobody is told of a process that says nothing. */
  silenceMs: number;
}

export interface Newborn {
  /** The request that started it. */
  id: number;
  pid: number;
  ends: OutputEnds;
  startedMs: number;
}

interface Watched {
  newborn: Newborn;
  hasSpoken: boolean;
}

/**
 * Processes that were started a moment ago, and of which nobody has been told yet. Most commands end in that moment: then a single message
 * tells of their start, output and end, and no one opens a pipe. One that lives on is told of as soon as it has said something.
 */
export class Newborns {
  readonly #all = new Map<number, Watched>();
  #timer: NodeJS.Timeout | undefined;

  /** `onLook`: ask for `takeGrown`, once those that have ended are taken. */
  constructor(
    private readonly patience: Patience,
    private readonly onLook: () => void,
  ) {}

  add(newborn: Newborn): void {
    this.#all.set(newborn.pid, { newborn, hasSpoken: false });
    this.#watch();
  }

  take(pid: number): Newborn | null {
    const newborn = this.#all.get(pid)?.newborn ?? null;
    this.#all.delete(pid);
    return newborn;
  }

  /** Those that someone must be told of now. */
  takeGrown(): Newborn[] {
    const startedBefore = systemClock.monotonicMs() - this.patience.silenceMs;
    const grown: Newborn[] = [];
    for (const watched of this.#all.values()) {
      const { newborn, hasSpoken } = watched;
      if (hasSpoken || newborn.startedMs < startedBefore) grown.push(newborn);
      else watched.hasSpoken = hasOutput(newborn.ends);
    }
    for (const { pid } of grown) this.#all.delete(pid);
    return grown;
  }

  /** Those that `isWanted`, however young they are. */
  takeAll(isWanted: (newborn: Newborn) => boolean): Newborn[] {
    const wanted = [...this.#all.values()].map(({ newborn }) => newborn).filter(isWanted);
    for (const { pid } of wanted) this.#all.delete(pid);
    return wanted;
  }

  #watch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.onLook();
      if (this.#all.size > 0) this.#watch();
    }, this.patience.lookMs);
  }
}
