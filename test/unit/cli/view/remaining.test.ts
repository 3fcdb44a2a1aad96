import { expect } from 'chai';
import { type Progress, startProgress } from '#lib/cli/view/progress.js';
import { remainingMs } from '#lib/cli/view/remaining.js';

/** What is said at `at` of a run whose commands take so long, one after the other. */
function saidOfSerial(durationsMs: readonly number[], at: number): { saidMs: number | null; truthMs: number } {
  const state = startProgress(0, durationsMs.length);
  const wholeMs = durationsMs.reduce((sum, ms) => sum + ms, 0);
  let startedAt = 0;
  for (const durationMs of durationsMs) {
    if (startedAt + durationMs > at) {
      state.running.set('running', { label: 'x', startedAt, waitsForRetry: false, tail: [] });
      break;
    }
    startedAt += durationMs;
    state.done++;
    state.durations.count++;
    state.durations.sumMs += durationMs;
    state.durations.longestMs = Math.max(state.durations.longestMs, durationMs);
  }
  return { saidMs: remainingMs(state, at), truthMs: wholeMs - at };
}

/** A run that began at 0 and has `count` ends of `meanMs` each behind it. */
function progress(total: number | null, count: number, meanMs: number, runningSince: number[] = []): Progress {
  const state = startProgress(0, total);
  state.done = count;
  state.durations.count = count;
  state.durations.sumMs = count * meanMs;
  state.durations.longestMs = meanMs;
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

  it('is not told while a command runs longer than any that has ended', () => {
    const durationsMs = [200, 200, 200, 200, 4_000, 4_000, 4_000];
    for (let at = 1_000; at < 4_800; at += 100) expect(saidOfSerial(durationsMs, at).saidMs, `at ${at}`).to.equal(null);
    expect(saidOfSerial(durationsMs, 4_900).saidMs).not.to.equal(null);
  });

  it('is what is left where all take the same', () => {
    for (let at = 3_000; at < 10_000; at += 100) {
      const { saidMs, truthMs } = saidOfSerial(Array(10).fill(1_000), at);
      expect(saidMs, `at ${at}`).to.be.closeTo(truthMs, 0.001);
    }
  });

  it('expects more of a command the longer it runs', () => {
    const state = progress(4, 3, 1_000, [3_000]);
    state.durations.longestMs = 2_000;
    expect([3_000, 4_000, 4_500].map((now) => remainingMs(state, now))).to.deep.equal([1_000, 500, 250]);
  });

  it('is never less than one running command is expected to take, however many run beside it', () => {
    // Ten lanes: 40 ends of 1 s each in 4 s, and one that has just begun.
    expect(remainingMs(progress(41, 40, 1_000, [4_000]), 4_000)).to.equal(1_000);
  });

  it('is not told when all that is left takes longer than the others did', () => {
    expect(remainingMs(progress(5, 4, 1_000, [4_000]), 6_000)).to.equal(null);
  });
});
