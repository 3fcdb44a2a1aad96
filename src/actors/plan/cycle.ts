const UNSEEN = 0;
/** On the way from a root to the node looked at: to meet one of these again is a cycle. */
const OPEN = 1;
const DONE = 2;

/**
 * The first cycle met among the nodes from 0 to `count - 1`, or `null`: each node depends on the next, and the last on the first. A node that
 * depends on itself is a cycle of one. Takes time in proportion to nodes and edges, and no stack, however long the chains are.
 */
export function findCycle(count: number, dependenciesOf: (index: number) => readonly number[]): number[] | null {
  const states = new Uint8Array(count);
  const path: Array<{ index: number; dependencies: readonly number[]; next: number }> = [];
  const open = (index: number) => {
    states[index] = OPEN;
    path.push({ index, dependencies: dependenciesOf(index), next: 0 });
  };
  for (let root = 0; root < count; root++) {
    if (states[root] === UNSEEN) open(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const dependency = top.dependencies[top.next++];
      if (dependency === undefined) {
        states[top.index] = DONE;
        path.pop();
      } else if (states[dependency] === UNSEEN) {
        open(dependency);
      } else if (states[dependency] === OPEN) {
        const indices = path.map(({ index }) => index);
        return indices.slice(indices.indexOf(dependency));
      }
    }
  }
  return null;
}
