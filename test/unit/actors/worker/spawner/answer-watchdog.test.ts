import { mock } from 'node:test';
import { expect } from 'chai';
import { AnswerWatchdog } from '#lib/actors/worker/spawner/answer-watchdog.js';

/** A timer that is set by another is due within the same tick only if time passes in small steps. */
function pass(periodMs: number): void {
  for (let passedMs = 0; passedMs < periodMs; passedMs += 100) mock.timers.tick(100);
}

describe('AnswerWatchdog', () => {
  let hangs: number[];
  let watchdog: AnswerWatchdog;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    hangs = [];
    watchdog = new AnswerWatchdog((waitedMs) => hangs.push(waitedMs));
  });

  afterEach(() => mock.timers.reset());

  it('tells of an answer that does not come, once', () => {
    watchdog.watch();
    watchdog.watch();
    pass(60_000);
    expect(hangs).to.deep.equal([10_000]);
  });

  it('is content with an answer', () => {
    watchdog.watch();
    mock.timers.tick(9_999);
    watchdog.answered(false);
    pass(60_000);
    expect(hangs).to.deep.equal([]);
  });

  it('waits anew after each answer while more are to come', () => {
    watchdog.watch();
    mock.timers.tick(9_999);
    watchdog.answered(true);
    mock.timers.tick(10_000);
    expect(hangs).to.deep.equal([]);
    pass(60_000);
    expect(hangs).to.deep.equal([10_000]);
  });

  it('lets an answer be read that has waited while the app was suspended, before it says that there was none', () => {
    watchdog.watch();
    mock.timers.tick(10_000); // the time-out is due the moment the app goes on; the answer is read right after it
    expect(hangs).to.deep.equal([]);
    watchdog.answered(false);
    pass(60_000);
    expect(hangs).to.deep.equal([]);
  });
});
