import { MessageChannel } from 'node:worker_threads';
import { expect } from 'chai';
import { Actor } from '#lib/actors/kernel/actor.js';
import { eventually, nextTurn, turnsFor } from '../../../support/eventually.js';

/** Writes down everything that happens to it. */
class Witness extends Actor<string> {
  readonly log: string[] = [];
  onReceive: (message: string) => void = () => {};

  protected override receive(message: string): void {
    this.log.push(message);
    this.onReceive(message);
  }

  protected override settle(): void {
    this.log.push('settle');
  }

  protected override onDeadLetter(message: string, reason: string): void {
    this.log.push(`dead letter: ${message}, ${reason}`);
  }

  protected override onFailure(error: unknown, message: string): void {
    this.log.push(`failure: ${message}, ${(error as Error).message}`);
  }

  override wake(): void {
    super.wake();
  }

  override terminate(): void {
    super.terminate();
  }

  get received(): string[] {
    return this.log.filter((entry) => entry !== 'settle');
  }
}

describe('Actor', () => {
  it('never handles a message in the stack of whoever sends it', async () => {
    const actor = new Witness();
    actor.tell('a');
    actor.tellControl('b');
    expect(actor.log).to.deep.equal([]);
    await turnsFor();
    expect(actor.received).to.have.lengthOf(2);
  });

  it('handles messages in the order they were sent', async () => {
    const actor = new Witness();
    for (const message of ['a', 'b', 'c']) actor.tell(message);
    await turnsFor();
    expect(actor.received).to.deep.equal(['a', 'b', 'c']);
  });

  it('handles control messages ahead of ordinary ones that came earlier', async () => {
    const actor = new Witness();
    actor.tell('work');
    actor.tellControl('cancel');
    await turnsFor();
    expect(actor.received).to.deep.equal(['cancel', 'work']);
  });

  it('handles a control message that comes alone', async () => {
    const actor = new Witness();
    actor.tellControl('cancel');
    await turnsFor();
    expect(actor.received).to.deep.equal(['cancel']);
  });

  it('settles before the first message, between any two, and after the last', async () => {
    const actor = new Witness();
    actor.tell('a');
    actor.tell('b');
    await nextTurn();
    expect(actor.log).to.deep.equal(['settle', 'a', 'settle', 'b', 'settle']);
  });

  it('handles what it tells itself after what already waits, one message at a time', async () => {
    const actor = new Witness();
    actor.onReceive = (message) => {
      if (message !== 'a') return;
      actor.tell('c');
      actor.log.push('end of a');
    };
    actor.tell('a');
    actor.tell('b');
    await turnsFor();
    expect(actor.received).to.deep.equal(['a', 'end of a', 'b', 'c']);
  });

  it('reports a message whose handling throws, settles, and goes on with the next', async () => {
    const actor = new Witness();
    actor.onReceive = (message) => {
      if (message === 'bad') throw new Error('a bug');
    };
    actor.tell('bad');
    actor.tell('good');
    await eventually('both are handled', () => actor.log.includes('good'));
    expect(actor.log.filter((entry) => entry !== 'settle')).to.deep.equal(['bad', 'failure: bad, a bug', 'good']);
    expect(actor.log.slice(0, 4)).to.deep.equal(['settle', 'bad', 'failure: bad, a bug', 'settle']);
  });

  it('settles once when it is woken without a message, however often', async () => {
    const actor = new Witness();
    actor.wake();
    actor.wake();
    await nextTurn();
    expect(actor.log).to.deep.equal(['settle']);
    actor.wake();
    await nextTurn();
    expect(actor.log).to.deep.equal(['settle', 'settle']);
  });

  it('lets others have the thread after a few milliseconds, and goes on afterwards', async () => {
    const actor = new Witness();
    actor.onReceive = () => busyFor(3);
    for (let i = 0; i < 20; i++) actor.tell(`message ${i}`);
    await nextTurn();
    const handledInFirstTurn = actor.received.length;
    expect(handledInFirstTurn).to.be.within(1, 5);
    await eventually('all are handled', () => actor.received.length === 20);
    expect(actor.received).to.deep.equal(Array.from({ length: 20 }, (_, i) => `message ${i}`));
  });

  it('lets others have the thread also where its messages come in one by one, each with a turn of its own', async () => {
    const actor = new Witness();
    actor.onReceive = () => busyFor(2);
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (message: string) => actor.tell(message));
    for (let i = 0; i < 30; i++) port1.postMessage(`message ${i}`); // the port hands them all over in one go of the event loop
    await eventually('the first is handled', () => actor.received.length > 0);
    const handledInFirstTurn = actor.received.length;
    await eventually('all are handled', () => actor.received.length === 30);
    port1.close();
    expect(handledInFirstTurn).to.be.below(10);
  });

  it('still takes messages that come between two turns', async () => {
    const actor = new Witness();
    actor.onReceive = () => busyFor(5);
    actor.tell('a');
    actor.tell('b');
    await nextTurn();
    actor.tell('c');
    actor.tellControl('urgent');
    await eventually('all are handled', () => actor.received.length === 4);
    expect(actor.received).to.deep.equal(['a', 'urgent', 'b', 'c']);
  });

  it('turns what waits when it ends, and all that comes later, into dead letters', async () => {
    const actor = new Witness();
    actor.onReceive = (message) => {
      if (message === 'last') actor.terminate();
    };
    for (const message of ['first', 'last', 'waiting']) actor.tell(message);
    await nextTurn();
    actor.tell('late');
    actor.tellControl('late control');
    await nextTurn();
    expect(actor.received).to.deep.equal([
      'first',
      'last',
      'dead letter: waiting, the actor has stopped',
      'dead letter: late, the actor has stopped',
      'dead letter: late control, the actor has stopped',
    ]);
  });
});

function busyFor(periodMs: number): void {
  const until = performance.now() + periodMs;
  while (performance.now() < until);
}
