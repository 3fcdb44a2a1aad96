import { randomInt } from 'node:crypto';

export interface SeededRandom {
  readonly seed: number;
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
}

/** Numbers that come again with the same seed. `FAULT_SEED=<seed>` replays a run whose seed was printed. */
export function seededRandom(title: string): SeededRandom {
  const seed = Number(process.env.FAULT_SEED ?? randomInt(2 ** 31));
  console.log(`      ${title}: FAULT_SEED=${seed}`);
  let state = seed;
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { seed, below: (bound) => next() % bound };
}
