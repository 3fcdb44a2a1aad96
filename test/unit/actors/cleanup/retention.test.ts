import { expect } from 'chai';
import { expired, isCrowded } from '#lib/actors/cleanup/retention.js';
import { fc } from '../../../support/fast-check.js';

const NOW = 1_000_000;
const policy = (maxInMemoryExecutions: number, executionRetentionSecs: number) => {
  return { maxInMemoryExecutions, executionRetentionSecs };
};
const endedAgo = (...ages: number[]) => ages.map((ageMs) => ({ completedAt: NOW - ageMs }));

describe('expired', () => {
  it('forgets those older than the retention period, and keeps one that is exactly as old', () => {
    const finished = endedAgo(10_001, 10_000, 5);
    expect(expired(finished, 3, policy(100, 10), NOW)).to.deep.equal([finished[0]]);
  });

  it('forgets the oldest beyond the count', () => {
    const finished = endedAgo(5, 4, 3, 2);
    expect(expired(finished, 4, policy(2, 10), NOW)).to.deep.equal(finished.slice(0, 2));
  });

  it('forgets all with a count of zero', () => {
    const finished = endedAgo(2, 1);
    expect(expired(finished, 2, policy(0, 10), NOW)).to.deep.equal(finished);
  });

  it('keeps at most the count, only young ones, and never forgets a younger one before an older', () => {
    const ages = fc.array(fc.nat(20_000), { maxLength: 40 }).map((all) => all.sort((a, b) => b - a));
    fc.assert(
      fc.property(ages, fc.nat(30), fc.nat(20), (sorted, max, retentionSecs) => {
        const finished = endedAgo(...sorted);
        const gone = expired(finished, finished.length, policy(max, retentionSecs), NOW);
        const kept = finished.slice(gone.length);
        expect(gone).to.deep.equal(finished.slice(0, gone.length));
        expect(kept.length).to.be.at.most(max);
        for (const { completedAt } of kept) expect(NOW - completedAt).to.be.at.most(retentionSecs * 1_000);
        const last = gone.at(-1);
        const needed =
          gone.length > finished.length - max - 1 && last && NOW - last.completedAt <= retentionSecs * 1_000;
        if (needed) expect(finished.length - gone.length).to.equal(max);
      }),
    );
  });

  it('looks no further than it must', () => {
    let looked = 0;
    function* finished() {
      for (const record of endedAgo(20_000, 1, 1, 1)) {
        looked++;
        yield record;
      }
    }
    expired(finished(), 4, policy(100, 10), NOW);
    expect(looked).to.equal(2);
  });
});

describe('isCrowded', () => {
  it('leaves a margin of a tenth, at least a hundred', () => {
    expect(isCrowded(1_100, policy(1_000, 0))).to.equal(false);
    expect(isCrowded(1_101, policy(1_000, 0))).to.equal(true);
    expect(isCrowded(110_000, policy(100_000, 0))).to.equal(false);
    expect(isCrowded(110_001, policy(100_000, 0))).to.equal(true);
    expect(isCrowded(101, policy(0, 0))).to.equal(true);
  });
});
