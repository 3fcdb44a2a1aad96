/** For each node, a stretch of `targets`: from `starts[node]` up to `starts[node + 1]`. */
export interface Adjacency {
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** Who waits for whom. Nodes are places in the plan's `commands`. */
export interface PlanGraph {
  readonly size: number;
  /** Those a node waits for. */
  readonly dependencies: Adjacency;
  /** Those that wait for a node. */
  readonly dependents: Adjacency;
}

/** `from[edge]` waits for `to[edge]`. */
export interface Edges {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
}

export function graphOf(size: number, { from, to }: Edges): PlanGraph {
  return { size, dependencies: adjacency(size, from, to), dependents: adjacency(size, to, from) };
}

/** Nobody waits for anybody. */
export function graphWithoutEdges(size: number): PlanGraph {
  return graphOf(size, { from: [], to: [] });
}

/** Each waits for the one before it. */
export function chain(size: number): PlanGraph {
  const to = Uint32Array.from({ length: Math.max(0, size - 1) }, (_, index) => index);
  return graphOf(size, { from: to.map((index) => index + 1), to });
}

export function neighbours({ starts, targets }: Adjacency, node: number): Uint32Array {
  return targets.subarray(starts[node], starts[node + 1]);
}

export function degree({ starts }: Adjacency, node: number): number {
  return at(starts, node + 1) - at(starts, node);
}

/** As `for (const neighbour of neighbours(…))`, without an object for each node. */
export function eachNeighbour({ starts, targets }: Adjacency, node: number, visit: (neighbour: number) => void): void {
  const end = at(starts, node + 1);
  for (let edge = at(starts, node); edge < end; edge++) visit(at(targets, edge));
}

/** A counting sort of the edges by their origin. */
function adjacency(size: number, origins: ArrayLike<number>, ends: ArrayLike<number>): Adjacency {
  const starts = new Uint32Array(size + 1);
  for (let edge = 0; edge < origins.length; edge++) bump(starts, at(origins, edge) + 1, 1);
  for (let node = 0; node < size; node++) bump(starts, node + 1, at(starts, node));
  const next = starts.slice();
  const targets = new Uint32Array(origins.length);
  for (let edge = 0; edge < origins.length; edge++) targets[bump(next, at(origins, edge), 1)] = at(ends, edge);
  return { starts, targets };
}

function at(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] as number;
}

/** Returns what was there before. */
function bump(numbers: Uint32Array, index: number, by: number): number {
  const before = at(numbers, index);
  numbers[index] = before + by;
  return before;
}
