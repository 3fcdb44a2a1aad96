import { expect } from 'chai';
import { criticalPath } from '#dist/cli/report/critical-path.js';
import { fc } from '../../../support/fast-check.js';
import { dependencyGraph } from '../../../support/graphs.js';

describe('criticalPath', () => {
  it('is the chain that ran longest, in order', () => {
    expect(criticalPath([[], [0], [0], [1, 2]], [10, 5, 7, 1])).to.deep.equal({ commands: [0, 2, 3], durationMs: 18 });
  });

  it('is the longest command where none depends on another', () => {
    expect(criticalPath([[], [], []], [3, 9, 4])).to.deep.equal({ commands: [1], durationMs: 9 });
  });

  it('ends with the last that ran', () => {
    expect(criticalPath([[], [0], [1]], [3, 4, 0])).to.deep.equal({ commands: [0, 1], durationMs: 7 });
  });

  it('is empty where nothing ran', () => {
    expect(criticalPath([[], [0]], [0, 0])).to.deep.equal({ commands: [], durationMs: 0 });
  });

  it('is a chain of dependencies, and no other is longer', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(dependencyGraph, durations, (dependencies, durationsMs) => {
        const { commands, durationMs } = criticalPath(dependencies, durationsMs.slice(0, dependencies.length));
        for (const [at, index] of commands.entries()) {
          if (at > 0) expect(dependencies[index]).to.include(commands[at - 1]);
        }
        expect(commands.reduce((sum, index) => sum + (durationsMs[index] as number), 0)).to.equal(durationMs);
        expect(durationMs).to.equal(
          Math.max(...dependencies.map((_, index) => longestTo(index, dependencies, durationsMs))),
        );
      }),
    );
  });

  it('bears a chain of 200,000', () => {
    const chain = Array.from({ length: 200_000 }, (_, index) => (index === 0 ? [] : [index - 1]));
    expect(
      criticalPath(
        chain,
        chain.map(() => 1),
      ).commands,
    ).to.have.length(200_000);
  });
});

/** By looking at every way. */
function longestTo(index: number, dependencies: number[][], durationsMs: number[]): number {
  const ways = (dependencies[index] ?? []).map((dependency) => longestTo(dependency, dependencies, durationsMs));
  return (durationsMs[index] as number) + Math.max(0, ...ways);
}
