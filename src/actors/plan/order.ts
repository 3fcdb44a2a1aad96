import { degree, eachNeighbour, neighbours, type PlanGraph } from './graph.js';

/** The nodes in an order in which each comes after all it waits for; those in or behind a cycle are left out. */
export function topologicalOrder({ size, dependencies, dependents }: PlanGraph): Uint32Array {
  const missing = new Uint32Array(size).map((_, node) => degree(dependencies, node));
  const order = new Uint32Array(size);
  let found = 0;
  for (let node = 0; node < size; node++) if (missing[node] === 0) order[found++] = node;
  for (let next = 0; next < found; next++) {
    eachNeighbour(dependents, order[next] as number, (dependent) => {
      missing[dependent] = (missing[dependent] as number) - 1;
      if (missing[dependent] === 0) order[found++] = dependent;
    });
  }
  return order.subarray(0, found);
}

/**
 * A cycle of a graph whose topological order is not whole: each depends on the next, and the last on the first. Begins with its lowest node.
 */
export function findCycle({ size, dependencies }: PlanGraph, order: Uint32Array): number[] {
  const ordered = new Uint8Array(size);
  for (const node of order) ordered[node] = 1;
  // Whatever is not in the order waits for something else that is not: to follow such dependencies leads into a cycle.
  const places = new Map<number, number>();
  const path: number[] = [];
  let node = ordered.indexOf(0);
  while (!places.has(node)) {
    places.set(node, path.push(node) - 1);
    node = neighbours(dependencies, node).find((dependency) => ordered[dependency] === 0) as number;
  }
  const cycle = path.slice(places.get(node));
  const lowest = cycle.indexOf(cycle.reduce((least, one) => Math.min(least, one)));
  return [...cycle.slice(lowest), ...cycle.slice(0, lowest)];
}
