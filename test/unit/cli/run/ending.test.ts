import { expect } from 'chai';
import { ending } from '#lib/cli/run/ending.js';
import { coloursOf } from '#lib/cli/text/colours.js';
import type { ExecutionResult } from '#lib/index.js';
import { failedWith, neverRan, planOf, ran, reportOf } from '../../../support/run-reports.js';

const plan = planOf({ type: 'parallel' });
const look = {
  labels: (id: string) => id,
  colours: coloursOf(false),
  tailOf: () => ['last \x1b[2Jwords'],
  logged: false,
};

function endingOf(...results: ExecutionResult[]): string[] {
  return ending(reportOf(plan, results).result, look);
}

describe('the ending of a run', () => {
  it('is one line when all completed', () => {
    expect(endingOf(ran(0, 1_500), ran(0, 100))).to.deep.equal(['2 of 2 commands completed in 1.50 s']);
  });

  it('says what failed with its last lines, and what never ran and why', () => {
    const failed = ran(0, 2_000, { id: 'test', ...failedWith('EXIT_NON_ZERO', 'The process exited with code 2') });
    expect(endingOf(ran(0, 10), failed, { ...neverRan(2_000), id: 'deploy' })).to.deep.equal([
      'test: The process exited with code 2',
      '  | last words',
      'deploy never ran: It depends on test, which did not complete',
      '1 of 3 commands completed, 1 failed, 1 never ran in 2.00 s',
    ]);
  });

  it('says where the logs are of what failed, if it began', () => {
    const failed = ran(0, 5, { id: 'test', ...failedWith('TIMEOUT', 'too long'), logPath: '/logs/test.log' });
    const missing = ran(0, 5, { id: 'missing', ...failedWith('SPAWN_FAILED', 'no program'), startedAt: null });
    const { result } = reportOf(plan, [failed, missing, ran(0, 5)]);
    expect(ending(result, { ...look, tailOf: () => [], logged: true }).slice(0, -1)).to.deep.equal([
      'test: too long',
      '  log: /logs/test.log',
      'missing: no program',
    ]);
  });

  it('only names what was stopped with the plan or cancelled before it ran', () => {
    const stopped = { ...neverRan(5, 'PLAN_STOPPED'), id: 'stopped' };
    const cancelled = { ...neverRan(5, 'CANCELLED'), id: 'cancelled' };
    const lacking = { ...neverRan(5), id: 'lacking' };
    expect(endingOf(stopped, lacking, cancelled).slice(0, -1)).to.deep.equal([
      'lacking never ran: It depends on test, which did not complete',
      'never ran: stopped, cancelled',
    ]);
  });

  it('counts what was stopped apart from what failed', () => {
    const cancelled = ran(0, 1_000, { status: 'cancelled', error: { code: 'CANCELLED', message: 'interrupted' } });
    expect(endingOf(cancelled)).to.deep.equal(['0 of 1 command completed, 1 cancelled in 1.00 s']);
  });

  it('stays readable when very many failed', () => {
    const failed = Array.from({ length: 25 }, (_, index) => ran(0, 5, { id: `f${index}`, ...failedWith('SIGNALLED') }));
    const skipped = Array.from({ length: 15 }, (_, index) => ({ ...neverRan(5), id: `n${index}` }));
    const stopped = Array.from({ length: 15 }, (_, index) => ({ ...neverRan(5, 'PLAN_STOPPED'), id: `s${index}` }));
    const lines = endingOf(...failed, ...skipped, ...stopped);
    expect(lines.filter((line) => line.startsWith('f'))).to.have.length(20);
    expect(lines).to.include('… and 5 more failed');
    expect(lines.filter((line) => /^n\d+ never ran: /.test(line))).to.have.length(10);
    expect(lines).to.include('… and 5 more never ran');
    expect(lines).to.include('never ran: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 5 more');
  });
});
