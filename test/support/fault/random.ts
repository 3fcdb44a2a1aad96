import { randomInt } from 'node:crypto';
import { seededRandom as repeatable } from '../random.js';

export interface SeededRandom {
  readonly seed: number;
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
}

/** Numbers that come again with the same seed. `FAULT_SEED=<seed>` replays a run whose seed was printed. */
export function seededRandom(title: string): SeededRandom {
  const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
  console.log(`      ${title}: FAULT_SEED=${seed}`);
  const next = repeatable(seed);
  return { seed, below: (bound) => Math.floor(next() * bound) };
}
