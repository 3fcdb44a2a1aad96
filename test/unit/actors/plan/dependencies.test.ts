import { expect } from 'chai';
import { readDependencies } from '#dist/actors/plan/dependencies.js';

describe('readDependencies', () => {
  const problemsWith = (dependencies: object) =>
    readDependencies(dependencies as Record<string, unknown>, 3).problems.map(
      ({ path, expected, received }) => `${path}: ${expected}: ${received}`,
    );

  it('reads edges from an object with indices as keys, and from an array', () => {
    expect(readDependencies({ 2: [0, 1], 1: [] }, 3)).to.deep.equal({
      edges: { from: [2, 2], to: [0, 1] },
      problems: [],
    });
    expect(readDependencies([[], [0]] as never, 3).edges).to.deep.equal({ from: [1], to: [0] });
  });

  it('refuses an index out of range, as a key and as a value', () => {
    expect(problemsWith({ 3: [0], 1: [0, 3, -1, 0.5] })).to.deep.equal([
      'strategy.dependencies.1[1]: the index of a command, from 0 to 2: 3',
      'strategy.dependencies.1[2]: the index of a command, from 0 to 2: -1',
      'strategy.dependencies.1[3]: the index of a command, from 0 to 2: 0.5',
      "strategy.dependencies.3: the index of a command, from 0 to 2, as the key: '3'",
    ]);
  });

  it('refuses keys that only look like an index, and values of other types', () => {
    const index = 'the index of a command, from 0 to 2';
    expect(problemsWith({ '01': [], x: [], '-1': [] })).to.have.lengthOf(3);
    expect(problemsWith({ 0: 1, 1: ['0', null] })).to.deep.equal([
      'strategy.dependencies.0: an array of indices: 1',
      `strategy.dependencies.1[0]: ${index}: '0'`,
      `strategy.dependencies.1[1]: ${index}: null`,
    ]);
  });

  it('refuses a command that depends on itself', () => {
    expect(problemsWith({ 1: [1] })).to.deep.equal([
      'strategy.dependencies.1[0]: another command than itself: 1, a cycle: 1 -> 1',
    ]);
  });
});
