import { fc } from './fast-check.js';

/** For each node, those it depends on: no cycle, and no order between a node's place and that of its dependencies. */
export const dependencyGraph: fc.Arbitrary<number[][]> = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 24 })
  .chain((seeds) => {
    const places = seeds.map((_, index) => index);
    return fc.shuffledSubarray(places, { minLength: places.length }).map((placeOf) => {
      const dependencies: number[][] = places.map(() => []);
      for (const [rank, place] of placeOf.entries()) {
        if (rank === 0) continue;
        const earlier = (seeds[rank] ?? []).map((seed) => placeOf[seed % rank] as number);
        dependencies[place] = [...new Set(earlier)];
      }
      return dependencies;
    });
  });
