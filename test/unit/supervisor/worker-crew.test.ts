import { expect } from 'chai';
import { WorkerCrew } from '#lib/supervisor/worker-crew.js';
import { fakeLink } from '../../support/records.js';
import { SimulatedClock } from '../../support/simulated-clock.js';

function make(size: number) {
  const clock = new SimulatedClock();
  const calls: string[] = [];
  const crew: WorkerCrew = new WorkerCrew(size, clock, {
    start: (seat) => calls.push(`start ${seat}`),
    restartDue: (seat) => calls.push(`restart due ${seat}`),
    recoveryDue: () => calls.push('recovery due'),
  });
  /** What was asked since the last time. */
  const asked = () => calls.splice(0);
  return { clock, crew, asked };
}

describe('WorkerCrew', () => {
  it('starts as many workers as are wanted, and no more than there are seats', () => {
    const { crew, asked } = make(3);
    crew.staff(2);
    expect(asked()).to.deep.equal(['start 0', 'start 1']);
    crew.staff(2);
    expect(asked()).to.deep.equal([]);
    crew.staff(99);
    expect(asked()).to.deep.equal(['start 2']);
    expect([crew.size, crew.starting, crew.links.length]).to.deep.equal([3, 3, 0]);
  });

  it('fills one ready worker after the other, then gives work to the one that has the least', () => {
    const { crew } = make(3);
    expect(crew.preferred()).to.equal(null);
    const [first, second] = [fakeLink(7), fakeLink(0)];
    crew.staff(3);
    crew.seated(0, first);
    crew.seated(1, second);
    expect(crew.preferred()).to.equal(first);
    first.load = 8;
    expect(crew.preferred()).to.equal(second);
    second.load = 9;
    expect(crew.preferred()).to.equal(first);
    first.load = 10;
    expect(crew.preferred()).to.equal(second);
    expect([crew.links, crew.starting]).to.deep.equal([[first, second], 1]);
    expect([crew.seatOf(first), crew.seatOf(second), crew.seatOf(fakeLink())]).to.deep.equal([0, 1, -1]);
  });

  it('starts no more workers than so many attempts fill', () => {
    const { crew, asked } = make(3);
    crew.staffFor(8);
    expect(asked()).to.deep.equal(['start 0']);
    crew.staffFor(9);
    expect(asked()).to.deep.equal(['start 1']);
    crew.staffFor(1_000);
    expect(asked()).to.deep.equal(['start 2']);
  });

  it('replaces a lost worker after a pause and leaves the others alone', () => {
    const { crew, clock, asked } = make(2);
    const other = fakeLink();
    crew.staff(2);
    crew.seated(0, fakeLink());
    crew.seated(1, other);
    asked();
    crew.failed(0, 'out of memory');
    expect(crew.links).to.deep.equal([other]);
    expect(crew.wounded).to.equal('out of memory');
    clock.advance(49);
    expect(asked()).to.deep.equal([]);
    clock.advance(1);
    expect(asked()).to.deep.equal(['restart due 0']);
    crew.restart(0);
    expect(asked()).to.deep.equal(['start 0']);
    expect([crew.wounded, crew.restarts, crew.gaveUp]).to.deep.equal([null, 1, null]);
  });

  it('starts no other worker in a seat whose pause is not over', () => {
    const { crew, asked } = make(1);
    crew.staff(1);
    crew.failed(0, 'why');
    asked();
    crew.staff(1);
    expect(asked()).to.deep.equal([]);
  });

  it('starts a seat once, though its pause is told to be over twice', () => {
    const { crew, asked } = make(1);
    crew.staff(1);
    crew.failed(0, 'why');
    asked();
    crew.restart(0);
    crew.restart(0);
    expect(asked()).to.deep.equal(['start 0']);
  });

  function giveUp(size = 1) {
    const made = make(size);
    for (let failures = 1; failures <= 6; failures++) {
      made.crew.staff(1);
      made.crew.restart(0);
      made.crew.failed(0, `failure ${failures}`);
      if (failures < 6) made.clock.advance(1_000);
    }
    made.asked();
    return made;
  }

  it('gives up after the sixth failure within a minute, says why, and starts nothing meanwhile', () => {
    const { crew, asked } = giveUp();
    expect(crew.gaveUp).to.match(/6 times.*failure 6/);
    crew.staff(1);
    crew.restart(0);
    expect(asked()).to.deep.equal([]);
    expect(crew.restarts).to.equal(5);
  });

  it('says when it is time to try again: when the oldest failure is a minute old', () => {
    const { crew, clock, asked } = giveUp();
    clock.advance(54_999);
    expect(asked()).to.deep.equal([]);
    clock.advance(1);
    expect(asked()).to.deep.equal(['recovery due']);
    crew.recover();
    expect(crew.gaveUp).to.equal(null);
    crew.staff(1);
    expect(asked()).to.deep.equal(['start 0']);
    crew.failed(0, 'again');
    expect(crew.gaveUp).to.match(/6 times.*again/);
  });

  it('does not keep the app alive while it waits to recover', () => {
    expect(giveUp().clock.referenced).to.equal(0);
  });

  it('restarts no other seat either once it has given up', () => {
    const { crew, clock, asked } = make(6);
    crew.staff(6);
    for (let seat = 0; seat < 6; seat++) crew.failed(seat, 'all at once');
    asked();
    expect(crew.wounded).to.equal(null);
    clock.advance(59_999);
    expect(asked()).to.deep.equal([]);
    clock.advance(1);
    expect(asked()).to.deep.equal(['recovery due']);
  });

  it('leaves no timer behind and restarts nothing once it is closed', () => {
    const { crew, clock, asked } = make(2);
    crew.staff(2);
    crew.failed(0, 'why');
    crew.close();
    crew.failed(1, 'after the close');
    expect(clock.pending).to.deep.equal([]);
    asked();
    crew.restart(0);
    crew.staff(2);
    expect(asked()).to.deep.equal([]);
    const { crew: hopeless, clock: itsClock } = giveUp();
    hopeless.close();
    expect(itsClock.pending).to.deep.equal([]);
  });
});
