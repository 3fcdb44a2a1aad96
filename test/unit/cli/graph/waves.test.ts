import { expect } from 'chai';
import { wavesOf } from '#dist/cli/graph/waves.js';
import { fc } from '../../../support/fast-check.js';
import { dependencyGraph } from '../../../support/graphs.js';

describe('wavesOf', () => {
  it('puts each command into the first wave after all of its dependencies, in the order of the plan', () => {
    expect(wavesOf([[3], [], [0, 1], []])).to.deep.equal([[1, 3], [0], [2]]);
    expect(wavesOf([[3], [2], [], []])).to.deep.equal([
      [2, 3],
      [0, 1],
    ]);
  });

  it('has each command once, just after the last of its dependencies', () => {
    fc.assert(
      fc.property(dependencyGraph, (dependencies) => {
        const waves = wavesOf(dependencies);
        expect(waves.flat().sort((one, other) => one - other)).to.deep.equal([...dependencies.keys()]);
        const waveOf = new Map(waves.flatMap((wave, at) => wave.map((index) => [index, at] as const)));
        for (const [index, needed] of dependencies.entries()) {
          expect(waveOf.get(index)).to.equal(Math.max(-1, ...needed.map((one) => waveOf.get(one) as number)) + 1);
        }
      }),
    );
  });

  it('bears a chain of 200,000', () => {
    const chain = Array.from({ length: 200_000 }, (_, index) => (index === 0 ? [] : [index - 1]));
    expect(wavesOf(chain)).to.have.length(200_000);
  });
});
