import { expect } from 'chai';
import { Lane, Mailbox } from '#lib/actors/kernel/mailbox.js';
import { fc } from '../../../support/fast-check.js';
import { collected } from '../../../support/garbage.js';

describe('Lane', () => {
  it('gives back what was put in, first in first out, however putting and taking alternate', () => {
    const steps = fc.array(fc.record({ push: fc.nat(2_000), shift: fc.nat(2_000) }), { maxLength: 20 });
    fc.assert(
      fc.property(steps, (bursts) => {
        const lane = new Lane<number>();
        const model: number[] = [];
        let next = 0;
        for (const { push, shift } of bursts) {
          for (let i = 0; i < push; i++, next++) {
            lane.push(next);
            model.push(next);
          }
          const taken = Array.from({ length: shift }, () => lane.shift()).filter((item) => item !== undefined);
          expect(taken).to.deep.equal(model.splice(0, shift));
          expect(lane.length).to.equal(model.length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('says that it is empty with undefined', () => {
    const lane = new Lane<string>();
    expect(lane.shift()).to.equal(undefined);
    lane.push('a');
    lane.shift();
    expect(lane.shift()).to.equal(undefined);
    expect(lane.length).to.equal(0);
  });

  it('keeps nothing alive that was taken, while others still wait', async () => {
    const lane = new Lane<object>();
    await collected(putAndTake(lane));
    expect(lane.length).to.equal(1);
  });
});

/** In a function of its own, so that no variable of the test holds the message. */
function putAndTake(lane: Lane<object>): WeakRef<object> {
  lane.push({ name: 'taken' });
  lane.push({ name: 'waits' });
  return new WeakRef(lane.shift() as object);
}

describe('Mailbox', () => {
  it('gives control messages before all ordinary ones, each lane in order', () => {
    const mailbox = new Mailbox<string>();
    mailbox.put('work 1');
    mailbox.putControl('stop 1');
    mailbox.put('work 2');
    mailbox.putControl('stop 2');
    expect(mailbox.length).to.equal(4);
    const taken = [mailbox.take(), mailbox.take(), mailbox.take(), mailbox.take(), mailbox.take()];
    expect(taken).to.deep.equal(['stop 1', 'stop 2', 'work 1', 'work 2', undefined]);
    expect(mailbox.length).to.equal(0);
  });
});
