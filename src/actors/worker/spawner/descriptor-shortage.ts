/**
 * Each spawn that Node fails for want of descriptors may leak two of them for good: the ends of the pipes that were already made. So after
 * the first failure the thread looks before it spawns, for as long as the shortage may last.
 */
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** Three pairs for the streams, one pipe to learn of a failed exec, and two to spare for other threads. */
const NEEDED = 10;
const WATCHFUL_MS = 60_000;

export class DescriptorShortage {
  #watchfulUntil = Number.NEGATIVE_INFINITY;

  /** The system's own refusal, without a spawn having been tried; `null` when there is nothing to be afraid of. */
  foreseen(): unknown {
    return performance.now() < this.#watchfulUntil ? tryToOpen(NEEDED) : null;
  }

  noted(): void {
    this.#watchfulUntil = performance.now() + WATCHFUL_MS;
  }
}

function tryToOpen(count: number): unknown {
  const opened: number[] = [];
  try {
    while (opened.length < count) opened.push(openSync(devNull, 'r'));
    return null;
  } catch (error) {
    return error;
  } finally {
    for (const fd of opened) closeSync(fd);
  }
}
