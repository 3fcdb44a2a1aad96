import type { ParsedNode } from 'yaml';
import { loadYaml } from './load-yaml.js';
import type { Path } from './refuse.js';

/** The path to what is written at an offset, as far as the tree goes; not into an environment, where broken keys may hold secrets. */
export function pathAt(root: ParsedNode | null, offset: number): Path {
  const { isMap, isScalar, isSeq } = loadYaml();
  const path: PropertyKey[] = [];
  let node = root;
  for (;;) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair = node.items.findLast(({ key }) => key.range[0] <= offset);
      if (pair === undefined) return path;
      const key = isScalar(pair.key) ? String(pair.key.value) : '?';
      path.push(key);
      if (key === 'env') return path;
      node = pair.value;
    } else if (isSeq<ParsedNode>(node)) {
      const index = node.items.findLastIndex(({ range }) => range[0] <= offset);
      if (index === -1) return path;
      path.push(index);
      node = node.items[index] ?? null;
    } else {
      return path;
    }
  }
}
