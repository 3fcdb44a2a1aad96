import { neighbours, type PlanGraph } from './graph.js';

/** How many questions one pass over the graph answers: one for each bit of a number. */
const BATCH = 32;

/** Whether `node` waits for `ancestor`, directly or by way of others? */
export interface AncestryQuestion {
  node: number;
  ancestor: number;
}

/**
 * Those questions of which the answer is no. `order` is a topological order of the whole graph. Direct dependencies are answered at once;
 * of the rest, 32 ancestors at a time are followed through the part of the order that lies between them and those who ask.
 */
export function unrelated<T extends AncestryQuestion>(
  graph: PlanGraph,
  order: Uint32Array,
  questions: readonly T[],
): T[] {
  const place = new Uint32Array(graph.size);
  for (const [index, node] of order.entries()) place[node] = index;
  const placeOf = (node: number) => place[node] as number;

  const no: T[] = [];
  const open = new Map<number, T[]>();
  for (const question of questions) {
    const { node, ancestor } = question;
    if (neighbours(graph.dependencies, node).includes(ancestor)) continue;
    if (placeOf(node) <= placeOf(ancestor)) no.push(question);
    else open.set(ancestor, [...(open.get(ancestor) ?? []), question]);
  }
  const ancestors = [...open.keys()].sort((a, b) => placeOf(a) - placeOf(b));
  const reached = new Int32Array(graph.size);
  for (let first = 0; first < ancestors.length; first += BATCH) {
    const batch = ancestors.slice(first, first + BATCH);
    const asked = batch.flatMap((ancestor, bit) => (open.get(ancestor) as T[]).map((question) => ({ question, bit })));
    const from = placeOf(batch[0] as number);
    const to = asked.reduce((last, { question }) => Math.max(last, placeOf(question.node)), from);
    const part = order.subarray(from, to + 1);
    for (const node of part) reached[node] = 0;
    for (const [bit, ancestor] of batch.entries()) reached[ancestor] = 1 << bit;
    for (const node of part) {
      let bits = reached[node] as number;
      for (const dependency of neighbours(graph.dependencies, node)) {
        if (placeOf(dependency) >= from) bits |= reached[dependency] as number;
      }
      reached[node] = bits;
    }
    no.push(
      ...asked.flatMap(({ question, bit }) => ((reached[question.node] as number) & (1 << bit) ? [] : [question])),
    );
  }
  return no;
}
