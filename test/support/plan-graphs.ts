import { type Edges, graphOf, type PlanGraph } from '#dist/actors/plan/graph.js';
import { fc } from './fast-check.js';

export interface RandomGraph {
  size: number;
  /** Pairs of a node and one that it waits for. */
  edges: Array<readonly [number, number]>;
}

/** Graphs without cycles, whose indices say nothing about their order. */
export function acyclicGraphs(maxSize: number): fc.Arbitrary<RandomGraph> {
  return fc.integer({ min: 1, max: maxSize }).chain((size) =>
    fc
      .record({
        order: fc.shuffledSubarray(
          Array.from({ length: size }, (_, node) => node),
          { minLength: size },
        ),
        pairs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: size * 3 }),
      })
      .map(({ order, pairs }) => ({
        size,
        edges: pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b]) => [order[Math.max(a, b)] as number, order[Math.min(a, b)] as number] as const),
      })),
  );
}

export function edgesOf(pairs: RandomGraph['edges']): Edges {
  return { from: pairs.map(([node]) => node), to: pairs.map(([, dependency]) => dependency) };
}

export function graphFrom({ size, edges }: RandomGraph): PlanGraph {
  return graphOf(size, edgesOf(edges));
}

/** As a plan's strategy writes it. */
export function dependenciesOf({ edges }: RandomGraph): Record<number, number[]> {
  const dependencies: Record<number, number[]> = {};
  for (const [node, dependency] of edges) dependencies[node] = [...(dependencies[node] ?? []), dependency];
  return dependencies;
}

/** All that a node waits for, directly or not, found the slow way. */
export function ancestorsOf({ edges }: RandomGraph, node: number): Set<number> {
  const found = new Set<number>();
  const visit = (of: number) => {
    for (const [from, to] of edges) {
      if (from !== of || found.has(to)) continue;
      found.add(to);
      visit(to);
    }
  };
  visit(node);
  return found;
}
