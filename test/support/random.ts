import { randomInt } from 'node:crypto';

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of a race test: a fresh one, or the one to repeat, from the environment. Printed, so a failure can be repeated. */
export function raceSeed(): number {
  const seed = Number(process.env.RACE_SEED ?? randomInt(2 ** 31));
  console.log(`      RACE_SEED=${seed}`);
  return seed;
}
