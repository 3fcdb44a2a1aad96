import { expect } from 'chai';
import { dryRun } from '#lib/cli/run/dry-run.js';
import { planOf, shellCommand } from '../../../support/run-reports.js';

describe('a dry run', () => {
  it('lists no command before those it depends on, and says which they are', () => {
    const dependencies = { 0: [1, 2], 2: [1] };
    const plan = planOf({ type: 'dependency_graph', dependencies }, 'pack', 'build', shellCommand('echo a | cat'));
    expect(dryRun(plan)).to.equal(
      'build: make build\necho a | cat  (after build)\npack: make pack  (after build, echo a | cat)\n',
    );
  });

  it('keeps the order of a serial plan', () => {
    expect(dryRun(planOf({ type: 'serial' }, 'a', 'b'))).to.equal('a: make a\nb: make b  (after a)\n');
  });
});
