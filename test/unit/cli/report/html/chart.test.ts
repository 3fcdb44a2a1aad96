import { expect } from 'chai';
import { barsOf } from '#dist/cli/report/html/chart.js';
import { failedWith, neverRan, PLAN_STARTED_AT, planOf, ran, reportOf } from '../../../../support/run-reports.js';

const barsFor = (...results: Parameters<typeof reportOf>[1]) =>
  barsOf(reportOf(planOf({ type: 'parallel' }, ...results.map((_, index) => `n${index}`)), results));

describe('barsOf', () => {
  it('has times from the start of the plan, over the whole of it', () => {
    const { bars, spanMs } = barsFor(ran(50, 100, { queuedAt: PLAN_STARTED_AT + 20 }), ran(0, 400));
    expect(spanMs).to.equal(400);
    expect(
      bars.map(({ index, waitFromMs, waitMs, startMs }) => ({ index, waitFromMs, waitMs, startMs })),
    ).to.deep.equal([
      { index: 0, waitFromMs: 20, waitMs: 30, startMs: 50 },
      { index: 1, waitFromMs: 0, waitMs: 0, startMs: 0 },
    ]);
  });

  it('reaches to the end of the last bar, where clocks disagree', () => {
    expect(barsFor(ran(0, 100, { durationMs: 130 })).spanMs).to.equal(130);
  });

  it('begins with the plan, where clocks disagree', () => {
    expect(barsFor(ran(-5, 100)).bars[0]).to.deep.include({ startMs: 0, waitFromMs: 0 });
  });

  it('has no start for what did not start, and a width for a plan that took no time', () => {
    const waited = ran(0, 40, { ...failedWith('QUEUE_TIMEOUT'), startedAt: null, durationMs: 0 });
    expect(barsFor(waited).bars[0]).to.deep.include({ startMs: null, waitMs: 40 });
    expect(barsFor(neverRan(0))).to.deep.include({ spanMs: 1 });
  });
});
