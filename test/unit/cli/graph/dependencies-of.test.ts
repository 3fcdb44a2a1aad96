import { expect } from 'chai';
import { dependenciesOf } from '#dist/cli/graph/dependencies-of.js';
import { planOf } from '../../../support/run-reports.js';

describe('dependenciesOf', () => {
  it('is the command before, in a serial plan', () => {
    expect(dependenciesOf(planOf({ type: 'serial' }, 'a', 'b', 'c'))).to.deep.equal([[], [0], [1]]);
  });

  it('is nothing, in a parallel plan', () => {
    expect(dependenciesOf(planOf({ type: 'parallel' }, 'a', 'b'))).to.deep.equal([[], []]);
  });

  it('is what a dependency graph says, each once', () => {
    expect(
      dependenciesOf(planOf({ type: 'dependency_graph', dependencies: { 0: [2, 1, 2] } }, 'a', 'b', 'c')),
    ).to.deep.equal([[2, 1], [], []]);
  });
});
