import { expect } from 'chai';
import { chain, graphOf } from '#dist/actors/plan/graph.js';
import { findCycle, topologicalOrder } from '#dist/actors/plan/order.js';
import { fc } from '../../../support/fast-check.js';
import { acyclicGraphs, graphFrom } from '../../../support/plan-graphs.js';

describe('topologicalOrder and findCycle', () => {
  it('orders every graph without cycles, each node after all that it waits for', () => {
    fc.assert(
      fc.property(acyclicGraphs(40), (random) => {
        const order = [...topologicalOrder(graphFrom(random))];
        expect(order).to.have.lengthOf(random.size);
        for (const [node, dependency] of random.edges) {
          expect(order.indexOf(node)).to.be.greaterThan(order.indexOf(dependency));
        }
      }),
    );
  });

  it('finds a cycle in every graph that has one: each waits for the next, the lowest first, none twice', () => {
    const graphs = acyclicGraphs(30).chain((random) =>
      fc.tuple(fc.constant(random), fc.array(fc.tuple(fc.nat(random.size - 1), fc.nat(random.size - 1)))),
    );
    fc.assert(
      fc.property(graphs, ([{ size, edges }, more]) => {
        const all = [...edges, ...more];
        const graph = graphFrom({ size, edges: all });
        const order = topologicalOrder(graph);
        fc.pre(order.length < size);
        const cycle = findCycle(graph, order);
        expect(new Set(cycle).size).to.equal(cycle.length);
        expect(cycle[0]).to.equal(Math.min(...cycle));
        for (const [place, node] of cycle.entries()) {
          const next = cycle[(place + 1) % cycle.length];
          expect(all.some(([from, to]) => from === node && to === next)).to.equal(true);
        }
      }),
    );
  });

  it('follows a cycle of 100,000 nodes without recursion', () => {
    const size = 100_000;
    const { dependencies } = chain(size);
    const from = Array.from({ length: size }, (_, node) => node);
    const graph = graphOf(size, { from, to: [size - 1, ...dependencies.targets] });
    expect(findCycle(graph, topologicalOrder(graph))).to.have.lengthOf(size);
  });
});
