import { expect } from 'chai';
import { findCycle } from '#dist/actors/plan/cycle.js';
import { fc } from '../../../support/fast-check.js';

const cycleIn = (dependencies: number[][]) => findCycle(dependencies.length, (index) => dependencies[index] ?? []);

describe('findCycle', () => {
  it('finds none where everything can be put in order', () => {
    expect(cycleIn([])).to.equal(null);
    expect(cycleIn([[], [0], [0], [1, 2]])).to.equal(null);
    expect(cycleIn([[1, 1], []])).to.equal(null);
  });

  it('returns the nodes of a cycle in the order in which they depend on each other, and no others', () => {
    expect(cycleIn([[1], [2], [3], [1]])).to.deep.equal([1, 2, 3]);
  });

  it('takes a node that depends on itself for a cycle of one', () => {
    expect(cycleIn([[], [0, 1]])).to.deep.equal([1]);
  });

  it('finds one that the first root does not lead to', () => {
    expect(cycleIn([[], [0], [3], [2]])).to.deep.equal([2, 3]);
  });

  it('finds one at the end of a chain of a million', () => {
    const count = 1_000_000;
    expect(findCycle(count, (index) => (index + 1 < count ? [index + 1] : [count - 2]))).to.deep.equal([
      count - 2,
      count - 1,
    ]);
  });

  it('finds none in a graph whose edges all lead backwards, and a real one once an edge closes a way', () => {
    const backwards = fc
      .integer({ min: 1, max: 30 })
      .chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_, index) => fc.array(fc.nat(Math.max(index - 1, 0)), { maxLength: 4 })),
        ),
      )
      .map((lists) => lists.map((list, index) => list.filter((dependency) => dependency < index)));
    fc.assert(
      fc.property(backwards, fc.nat(), fc.nat(), (graph, from, to) => {
        expect(cycleIn(graph)).to.equal(null);
        const looped = graph.map((list) => [...list]);
        looped[from % graph.length]?.push(to % graph.length);
        const cycle = cycleIn(looped);
        if (cycle === null) return;
        cycle.forEach((index, place) => {
          expect(looped[index]).to.include(cycle[(place + 1) % cycle.length]);
        });
        expect(new Set(cycle).size).to.equal(cycle.length);
      }),
    );
  });

  it('finds a cycle exactly where there is no order', () => {
    const graphs = fc
      .integer({ min: 1, max: 8 })
      .chain((count) =>
        fc.array(fc.array(fc.nat(count - 1), { maxLength: 3 }), { minLength: count, maxLength: count }),
      );
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(cycleIn(graph) === null).to.equal(canBeOrdered(graph));
      }),
    );
  });
});

/** By taking away what depends on nothing that is left, until nothing more can be taken. */
function canBeOrdered(graph: number[][]): boolean {
  const left = new Set(graph.keys());
  for (;;) {
    const free = [...left].filter((index) => !graph[index]?.some((dependency) => left.has(dependency)));
    if (free.length === 0) return left.size === 0;
    for (const index of free) left.delete(index);
  }
}
