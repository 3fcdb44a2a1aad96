import { expect } from 'chai';
import { mermaidGraph } from '#dist/cli/graph/mermaid-graph.js';
import { labelOf } from '#dist/cli/text/label-of.js';
import { fc } from '../../../support/fast-check.js';
import { hostileText } from '../../../support/hostile-text.js';
import { planOf, shellCommand } from '../../../support/run-reports.js';

describe('mermaidGraph', () => {
  it('has a node per command and an arrow from each dependency', () => {
    const strategy = { type: 'dependency_graph' as const, dependencies: { 1: [0], 2: [0, 1] }, maxConcurrency: 2 };
    expect(mermaidGraph(planOf(strategy, 'install', 'build', 'test')).split('\n')).to.deep.equal([
      'flowchart TD',
      '  %% 3 commands, each as soon as what it depends on has completed, at most 2 at once',
      '  c0["install"]',
      '  c1["build"]',
      '  c2["test"]',
      '  c0 --> c1',
      '  c0 --> c2',
      '  c1 --> c2',
      '',
    ]);
  });

  it('chains a serial plan, and leaves a parallel one without arrows', () => {
    expect(mermaidGraph(planOf({ type: 'serial' }, 'a', 'b')))
      .to.include('one after the other')
      .and.include('c0 --> c1');
    expect(mermaidGraph(planOf({ type: 'parallel' }, 'a', 'b')))
      .to.include('side by side')
      .and.not.include('-->');
  });

  it('writes quotes, brackets, hashes and the like as codes', () => {
    expect(mermaidGraph(planOf({ type: 'serial' }, shellCommand('echo "a [b] #c; {d}"')))).to.include(
      'c0["echo #34;a #91;b#93; #35;c#59; #123;d#125;#34;"]',
    );
  });

  it('says nothing else than labels, whatever they are', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const plan = planOf({ type: 'serial' }, shellCommand(text));
        const [, label] = /^flowchart TD\n {2}%% [^\n]*\n {2}c0\["([^"\n]*)"\]\n$/.exec(mermaidGraph(plan)) ?? [];
        expect(label).not.to.match(/[<>&%{}`:[\]]/);
        expect(label?.replace(/#(\d+);/g, (_, code) => String.fromCharCode(code))).to.equal(labelOf(plan, 0));
      }),
    );
  });
});
