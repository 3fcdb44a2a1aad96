import { expect } from 'chai';
import { unrelated } from '#dist/actors/plan/ancestry.js';
import { chain } from '#dist/actors/plan/graph.js';
import { topologicalOrder } from '#dist/actors/plan/order.js';
import { fc } from '../../../support/fast-check.js';
import { acyclicGraphs, ancestorsOf, graphFrom } from '../../../support/plan-graphs.js';

describe('unrelated', () => {
  it('answers every question as a walk over the graph does', () => {
    fc.assert(
      fc.property(acyclicGraphs(60), (random) => {
        const nodes = Array.from({ length: random.size }, (_, node) => node);
        const questions = nodes.flatMap((node) => nodes.map((ancestor) => ({ node, ancestor })));
        const graph = graphFrom(random);
        const ancestors = nodes.map((node) => ancestorsOf(random, node));
        const no = unrelated(graph, topologicalOrder(graph), questions);
        const expected = questions.filter(({ node, ancestor }) => !ancestors[node]?.has(ancestor));
        expect(no).to.have.members(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('takes a chain of 100,000 nodes of which each asks for one far before it', () => {
    const graph = chain(100_000);
    const questions = Array.from({ length: 99_000 }, (_, node) => ({ node: node + 1_000, ancestor: node }));
    expect(unrelated(graph, topologicalOrder(graph), questions)).to.deep.equal([]);
  });
});
