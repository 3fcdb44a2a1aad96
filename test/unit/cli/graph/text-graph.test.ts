import { expect } from 'chai';
import { textGraph } from '#dist/cli/graph/text-graph.js';
import { fc } from '../../../support/fast-check.js';
import { dependencyGraph } from '../../../support/graphs.js';
import { named, planOf, shellCommand } from '../../../support/run-reports.js';

describe('textGraph', () => {
  it('shows a dependency graph in waves, with what each command waits for', () => {
    const strategy = { type: 'dependency_graph' as const, dependencies: { 0: [1], 2: [1], 3: [2, 0] } };
    expect(
      textGraph(planOf(strategy, 'build', 'install', shellCommand('npm  run lint'), 'pack')).split('\n'),
    ).to.deep.equal([
      '4 commands, each as soon as what it depends on has completed',
      '',
      'wave 1',
      '  1  install  make install',
      '',
      'wave 2',
      '  0  build    make build    after install',
      '  2           npm run lint  after install',
      '',
      'wave 3',
      '  3  pack     make pack     after 2, build',
      '',
    ]);
  });

  it('shows serial and parallel plans in the order of their commands', () => {
    const commands = Array.from({ length: 11 }, (_, index) => shellCommand(`step ${index}`));
    const lines = textGraph(planOf({ type: 'serial' }, ...commands)).split('\n');
    expect(lines[0]).to.equal('11 commands, one after the other');
    expect(lines.slice(2, 4).concat(lines.slice(-2))).to.deep.equal([
      '   0  step 0',
      '   1  step 1',
      '  10  step 10',
      '',
    ]);
    const parallel = textGraph(planOf({ type: 'parallel', maxConcurrency: 3 }, named('a')));
    expect(parallel).to.equal('1 command, side by side, at most 3 at once\n\n  0  a  make a\n');
  });

  it('names six dependencies, and counts the others', () => {
    const dependencies = { 8: [0, 1, 2, 3, 4, 5, 6, 7] };
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'last'];
    expect(textGraph(planOf({ type: 'dependency_graph', dependencies }, ...names))).to.match(
      /8 {2}last {2}make last {2}after a, b, c, d, e, f and 2 more\n$/,
    );
  });

  it('has each command on a line of its own, after those it waits for', () => {
    fc.assert(
      fc.property(dependencyGraph, (dependencies) => {
        const strategy = { type: 'dependency_graph' as const, dependencies: { ...dependencies } };
        const plan = planOf(strategy, ...dependencies.map((_, index) => named(`n${index}`)));
        const order = [...textGraph(plan).matchAll(/^ +(\d+) {2}n/gm)].map(([, index]) => Number(index));
        expect([...order].sort((one, other) => one - other)).to.deep.equal([...dependencies.keys()]);
        for (const [index, needed] of dependencies.entries()) {
          for (const one of needed) expect(order.indexOf(one)).to.be.below(order.indexOf(index));
        }
      }),
    );
  });

  it('bears a chain of 20,000', () => {
    const dependencies = Object.fromEntries(Array.from({ length: 19_999 }, (_, index) => [index + 1, [index]]));
    const commands = Array.from({ length: 20_000 }, () => shellCommand('true'));
    expect(textGraph(planOf({ type: 'dependency_graph', dependencies }, ...commands))).to.include('wave 20,000\n');
  });
});
