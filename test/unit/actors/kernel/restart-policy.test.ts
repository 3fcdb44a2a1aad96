import { expect } from 'chai';
import { noFailures, onWorkerFailure, type RestartDecision } from '#lib/actors/kernel/restart-policy.js';

function decisions(...times: number[]): RestartDecision[] {
  let history = noFailures;
  return times.map((at) => {
    const outcome = onWorkerFailure(history, at);
    history = outcome.history;
    return outcome.decision;
  });
}

describe('onWorkerFailure', () => {
  it('restarts after pauses that double, and gives up at the sixth failure within a minute', () => {
    expect(decisions(0, 1, 2, 3, 4, 5)).to.deep.equal([
      { type: 'restart', delayMs: 50 },
      { type: 'restart', delayMs: 100 },
      { type: 'restart', delayMs: 200 },
      { type: 'restart', delayMs: 400 },
      { type: 'restart', delayMs: 800 },
      { type: 'give_up', retryAfterMs: 59_995 },
    ]);
  });

  it('forgets failures that are a minute old', () => {
    expect(decisions(0, 60_000)).to.deep.equal([
      { type: 'restart', delayMs: 50 },
      { type: 'restart', delayMs: 50 },
    ]);
    expect(decisions(0, 59_999).at(-1)).to.deep.equal({ type: 'restart', delayMs: 100 });
  });

  it('never gives up on failures that are far enough apart', () => {
    const rare = Array.from({ length: 100 }, (_, index) => index * 12_000);
    expect(decisions(...rare).map(({ type }) => type)).to.not.include('give_up');
  });

  it('gives up again when the try after that time fails too, unless enough failures are a minute old', () => {
    const [last] = decisions(0, 10, 20, 30, 40, 1_000.5).slice(-1);
    expect(last).to.deep.equal({ type: 'give_up', retryAfterMs: 59_000 });
    expect(decisions(0, 10, 20, 30, 40, 1_000.5, 1_000.5 + 59_000).at(-1)?.type).to.equal('give_up');
    expect(decisions(0, 10, 20, 30, 40, 1_000.5, 60_010).at(-1)?.type).to.equal('restart');
  });

  it('leaves the history it was given as it was', () => {
    const { history } = onWorkerFailure(noFailures, 5);
    onWorkerFailure(history, 6);
    expect(history.failures).to.deep.equal([5]);
    expect(noFailures.failures).to.deep.equal([]);
  });
});
