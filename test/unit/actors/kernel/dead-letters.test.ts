import { expect } from 'chai';
import { type DeadLetter, DeadLetters } from '#lib/actors/kernel/dead-letters.js';
import { SimulatedClock } from '../../../support/simulated-clock.js';

const letter = { recipient: 'supervisor', message: 'cancel', reason: 'too late', executionId: null };

describe('DeadLetters', () => {
  it('stamps each letter with the time', () => {
    const clock = new SimulatedClock(5_000);
    const deadLetters = new DeadLetters(clock);
    const seen: DeadLetter[] = [];
    deadLetters.letters$.subscribe((got) => seen.push(got));
    clock.advance(7);
    deadLetters.report(letter);
    expect(seen).to.deep.equal([{ timestamp: 5_007, ...letter }]);
  });

  it('completes', () => {
    const deadLetters = new DeadLetters(new SimulatedClock());
    let completed = false;
    deadLetters.letters$.subscribe({ complete: () => (completed = true) });
    deadLetters.complete();
    expect(completed).to.equal(true);
  });
});
