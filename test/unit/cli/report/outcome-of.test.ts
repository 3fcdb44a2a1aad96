import { expect } from 'chai';
import { outcomeOf } from '#dist/cli/report/outcome-of.js';
import { failedWith, neverRan, ran } from '../../../support/run-reports.js';

describe('outcomeOf', () => {
  it('says in a word or three how a command ended', () => {
    const cancelled = { status: 'cancelled', error: { code: 'CANCELLED', message: '' } } as const;
    const results = [
      ran(0, 1),
      ran(0, 1, failedWith('EXIT_NON_ZERO')),
      ran(0, 1, { ...failedWith('SIGNALLED'), signal: 'SIGKILL' }),
      ran(0, 1, failedWith('SPAWN_FAILED')),
      ran(0, 1, failedWith('TIMEOUT')),
      ran(0, 1, failedWith('IDLE_TIMEOUT')),
      ran(0, 1, { ...failedWith('QUEUE_TIMEOUT'), startedAt: null }),
      ran(0, 1, cancelled),
      neverRan(1),
    ];
    expect(results.map(outcomeOf)).to.deep.equal([
      'completed',
      'exit code 2',
      'SIGKILL',
      'spawn failed',
      'timed out',
      'silent too long',
      'waited too long',
      'cancelled',
      'never ran',
    ]);
  });
});
