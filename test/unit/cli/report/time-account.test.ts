import { expect } from 'chai';
import { timeAccount, waitOf } from '#dist/cli/report/time-account.js';
import { failedWith, neverRan, PLAN_STARTED_AT, ran } from '../../../support/run-reports.js';

describe('timeAccount', () => {
  it('sums run times, and compares them with the time of the plan', () => {
    const account = timeAccount([ran(0, 600), ran(100, 500), ran(600, 1_000)], 1_000);
    expect(account).to.deep.equal({ wallMs: 1_000, runMs: 1_400, waitMs: 0, parallelism: 1.4, peak: 2 });
  });

  it('counts one that ends as another starts out before it counts the other in', () => {
    expect(timeAccount([ran(500, 1_000), ran(0, 500)], 1_000).peak).to.equal(1);
  });

  it('counts one that took no time', () => {
    expect(timeAccount([ran(3, 3)], 5).peak).to.equal(1);
  });

  it('is all zeros for a plan of which nothing ran, in no time', () => {
    const account = timeAccount([neverRan(0)], 0);
    expect(account).to.deep.equal({ wallMs: 0, runMs: 0, waitMs: 0, parallelism: 0, peak: 0 });
  });

  it('sums the waits after their turn had come', () => {
    const queuedAt = PLAN_STARTED_AT + 10;
    expect(timeAccount([ran(30, 50, { queuedAt }), ran(60, 70, { queuedAt })], 70).waitMs).to.equal(70);
  });
});

describe('waitOf', () => {
  it('is from submission to start', () => {
    expect(waitOf(ran(30, 50, { queuedAt: PLAN_STARTED_AT + 10 }))).to.equal(20);
  });

  it('is from submission to end for one that waited in vain', () => {
    const queuedAt = PLAN_STARTED_AT + 10;
    expect(waitOf(ran(30, 50, { ...failedWith('QUEUE_TIMEOUT'), queuedAt, startedAt: null, durationMs: 0 }))).to.equal(
      40,
    );
  });

  it('is nothing for one that never came to its turn, and never less than nothing', () => {
    const queuedAt = PLAN_STARTED_AT;
    expect(waitOf({ ...neverRan(100, 'DEPENDENCY_FAILED'), queuedAt })).to.equal(0);
    expect(waitOf({ ...neverRan(100, 'PLAN_STOPPED'), queuedAt })).to.equal(0);
    expect(waitOf({ ...neverRan(100, 'SPAWN_FAILED'), queuedAt })).to.equal(0);
    expect(waitOf(ran(30, 50, { queuedAt: PLAN_STARTED_AT + 31 }))).to.equal(0);
  });
});
