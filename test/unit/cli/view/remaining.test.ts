import { expect } from 'chai';
import { type Progress, startProgress } from '#lib/cli/view/progress.js';
import { remainingMs } from '#lib/cli/view/remaining.js';

/** A run that began at 0 and has `count` ends of `meanMs` each behind it. */
function progress(total: number | null, count: number, meanMs: number, runningSince: number[] = []): Progress {
  const state = startProgress(0, total);
  state.done = count;
  state.durations.count = count;
  state.durations.sumMs = count * meanMs;
  for (const [index, startedAt] of runningSince.entries()) {
    state.running.set(String(index), { label: 'x', startedAt, waitsForRetry: false, tail: [] });
  }
  return state;
}

describe('the remaining time', () => {
  it('is not told before three have ended, nor before a twentieth has', () => {
    expect(remainingMs(progress(10, 2, 100), 200)).to.equal(null);
    expect(remainingMs(progress(10, 3, 100), 300)).to.equal(700);
    expect(remainingMs(progress(1_000, 49, 100), 4_900)).to.equal(null);
    expect(remainingMs(progress(1_000, 50, 100), 5_000)).to.equal(95_000);
  });

  it('is not told while nobody knows how many there will be', () => {
    expect(remainingMs(progress(null, 50, 100), 5_000)).to.equal(null);
  });

  it('takes into account how many run at once', () => {
    // Four lanes: 40 ends of 1 s each in 10 s.
    expect(remainingMs(progress(80, 40, 1_000), 10_000)).to.equal(10_000);
  });

  it('takes into account what the running ones have behind them', () => {
    expect(remainingMs(progress(5, 4, 1_000, [4_000]), 4_400)).to.equal(600);
  });

  it('is not told when all that is left takes longer than the others did', () => {
    expect(remainingMs(progress(5, 4, 1_000, [4_000]), 6_000)).to.equal(null);
  });
});
