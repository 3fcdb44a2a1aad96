import { expect } from 'chai';
import { labelOf, wordsOf } from '#dist/cli/text/label-of.js';
import { fc } from '../../../support/fast-check.js';
import { hostileText } from '../../../support/hostile-text.js';
import { named, planOf, shellCommand } from '../../../support/run-reports.js';

describe('labelOf', () => {
  it('is the name of a command that has one', () => {
    expect(labelOf(planOf({ type: 'serial' }, named('lint'), named('build')), 1)).to.equal('build');
  });

  it('is what runs where there is no name, on one line', () => {
    const plan = planOf(
      { type: 'serial' },
      { command: { type: 'exec', program: 'git', args: ['log', '--oneline'] } },
      shellCommand('  set -e\n\tmake   all\r\nmake install\n'),
      { command: { type: 'aws_cli', service: 's3', operation: 'ls', profile: 'work' } },
    );
    expect(plan.commands.map((_, index) => labelOf(plan, index))).to.deep.equal([
      'git log --oneline',
      'set -e make all make install',
      'aws s3 ls',
    ]);
  });

  it('is cut to 80 characters, pairs of surrogates whole', () => {
    const label = labelOf(planOf({ type: 'serial' }, shellCommand('😀'.repeat(100_000))), 0);
    expect(label).to.equal(`${'😀'.repeat(79)}…`);
    expect(wordsOf(shellCommand('x'.repeat(80)), 80)).to.equal('x'.repeat(80));
  });

  it('is the place of a command that shows nothing', () => {
    expect(labelOf(planOf({ type: 'serial' }, named('a'), shellCommand(' \n\x07')), 1)).to.equal('#1');
  });

  it('is one line of 1 to 80 characters, whatever runs', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const label = labelOf(planOf({ type: 'serial' }, shellCommand(text)), 0);
        expect([...label].length).to.be.within(1, 80);
        expect(label).not.to.match(/[\n\r\t\p{Cc}\p{Surrogate}]/u);
      }),
    );
  });

  it('refuses a place that is not in the plan', () => {
    expect(() => labelOf(planOf({ type: 'serial' }, 'a'), 1)).to.throw(
      RangeError,
      'expected a place from 0 to 0, got 1',
    );
  });
});
