import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { expect } from 'chai';
import type { WorkerEvent } from '#lib/actors/protocol/wire.js';
import { Outbox } from '#lib/actors/worker/outbox.js';
import { nextTurn } from '../../../support/eventually.js';

const started = (ref: number): WorkerEvent => ({ type: 'started', ref, pid: 1, at: 0 });
const output = (bytes: number): WorkerEvent => {
  return { type: 'output', ref: 1, stream: 'stdout', text: 'x', partial: false, bytes, at: 0 };
};

describe('Outbox', () => {
  let channel: MessageChannel;
  beforeEach(() => {
    channel = new MessageChannel();
  });
  afterEach(() => channel.port1.close());

  function received(): WorkerEvent[][] {
    const batches: WorkerEvent[][] = [];
    for (let got = receiveMessageOnPort(channel.port2); got; got = receiveMessageOnPort(channel.port2)) {
      batches.push(got.message);
    }
    return batches;
  }

  it('posts the events of one turn as one message, in order', async () => {
    const outbox = new Outbox(channel.port1);
    outbox.push(started(1));
    outbox.push(started(2));
    expect(received()).to.deep.equal([]);
    await nextTurn();
    expect(received()).to.deep.equal([[started(1), started(2)]]);
    outbox.push(started(3));
    await nextTurn();
    expect(received()).to.deep.equal([[started(3)]]);
  });

  it('does not wait for the end of the turn with a lot of text', async () => {
    const outbox = new Outbox(channel.port1);
    outbox.push(output(262_143));
    expect(received()).to.have.lengthOf(0);
    outbox.push(output(1));
    expect(received()).to.have.lengthOf(1);
    outbox.push(output(1));
    expect(received()).to.have.lengthOf(0);
    await nextTurn();
    expect(received()).to.have.lengthOf(1);
  });

  it('posts what there is when told to, and nothing twice', async () => {
    const outbox = new Outbox(channel.port1);
    outbox.push(started(1));
    outbox.flush();
    outbox.flush();
    await nextTurn();
    expect(received()).to.deep.equal([[started(1)]]);
  });

  it('moves the memory of bytes instead of copying it, and counts them like text', () => {
    const outbox = new Outbox(channel.port1);
    const data = new Uint8Array(300_000).fill(7);
    outbox.push({ type: 'chunk', ref: 1, stream: 'stdout', data, lent: false, bytes: data.length, at: 0 });
    const [[event] = []] = received();
    expect(event).to.deep.equal({
      type: 'chunk',
      ref: 1,
      stream: 'stdout',
      data: new Uint8Array(300_000).fill(7),
      lent: false,
      bytes: 300_000,
      at: 0,
    });
    expect(data.length).to.equal(0);
  });
});
