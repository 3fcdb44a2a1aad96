import type { SpawnAnswer, Spawner } from './spawner.js';

/** A spawner that has answered already, and tries again if it is asked again. */
export function startingWith(answer: SpawnAnswer, spawner: Spawner): Spawner {
  let first: SpawnAnswer | null = answer;
  return {
    async spawn(spec) {
      const given = first;
      first = null;
      return given ?? spawner.spawn(spec);
    },
    stop: async () => {},
  };
}
