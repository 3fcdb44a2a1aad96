import { expect } from 'chai';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { Dispatcher } from '#lib/supervisor/dispatcher.js';
import { type FakeLink, fakeLink, recordWith } from '../../support/records.js';

function waiting(dispatcher: Dispatcher, fields: Parameters<typeof recordWith>[0] = {}) {
  const record = recordWith(fields);
  record.slot = 'held';
  dispatcher.enqueue(record);
  return record;
}

const startsOf = ({ sent }: FakeLink) => {
  return (sent as Array<{ type: string; job?: { ref: number; program: string } }>).map(({ type, job }) => [
    type,
    job?.program,
  ]);
};

describe('Dispatcher', () => {
  it('hands out work in order, as long as someone takes it', () => {
    const dispatcher = new Dispatcher(defaultConfig(), '/own');
    for (const program of ['a', 'b', 'c']) waiting(dispatcher, { program });
    const link = fakeLink();
    dispatcher.dispatch(() => null);
    expect(dispatcher.demand).to.equal(3);
    let room = 2;
    dispatcher.dispatch(() => (room-- > 0 ? link : null));
    expect(startsOf(link)).to.deep.equal([
      ['start', 'a'],
      ['start', 'b'],
    ]);
    expect(dispatcher.demand).to.equal(3);
    dispatcher.dispatch(() => link);
    expect(startsOf(link).at(-1)).to.deep.equal(['start', 'c']);
  });

  it('knows which attempt is whose, and where', () => {
    const dispatcher = new Dispatcher(defaultConfig(), '/own');
    const [first, second] = [waiting(dispatcher), waiting(dispatcher)];
    const links = [fakeLink(), fakeLink()] as const;
    let next = 0;
    dispatcher.dispatch(() => links[next++ as 0 | 1]);
    expect([first.attempt, second.attempt]).to.deep.equal([1, 1]);
    expect(dispatcher.recordOf(second.assignment?.ref ?? 0)).to.equal(second);
    expect(first.assignment?.ref).to.not.equal(second.assignment?.ref);
    expect(dispatcher.assignedTo(links[1])).to.deep.equal([second]);
    expect(links.map(({ load }) => load)).to.deep.equal([1, 1]);
  });

  it('forgets an attempt that is over, and numbers the next one anew', () => {
    const dispatcher = new Dispatcher(defaultConfig(), '/own');
    const record = waiting(dispatcher);
    const link = fakeLink();
    dispatcher.dispatch(() => link);
    const ref = record.assignment?.ref as number;
    dispatcher.release(record);
    dispatcher.release(record);
    expect([dispatcher.demand, link.load, record.assignment]).to.deep.equal([0, 0, null]);
    expect(dispatcher.recordOf(ref)).to.equal(undefined);
    dispatcher.enqueue(record);
    dispatcher.dispatch(() => link);
    expect(record.attempt).to.equal(2);
    expect(record.assignment?.ref).to.not.equal(ref);
  });

  it('hands out nothing that was cancelled while it waited', () => {
    const dispatcher = new Dispatcher(defaultConfig(), '/own');
    waiting(dispatcher).slot = 'none';
    const link = fakeLink();
    dispatcher.dispatch(() => link);
    expect(link.sent).to.deep.equal([]);
    expect(dispatcher.demand).to.equal(0);
  });

  it('keeps the app alive for a worker with work only', () => {
    const dispatcher = new Dispatcher(defaultConfig(), '/own');
    const link = fakeLink();
    const first = waiting(dispatcher);
    dispatcher.dispatch(() => link);
    expect(link.busy).to.deep.equal([true]);
    const second = waiting(dispatcher);
    dispatcher.dispatch(() => link);
    dispatcher.release(first);
    expect(link.busy).to.deep.equal([true]);
    dispatcher.release(second);
    expect(link.busy).to.deep.equal([true, false]);
  });

  it('passes live input on after the start, and to the right attempt', async () => {
    const dispatcher = new Dispatcher(defaultConfig(), '/own');
    const record = waiting(dispatcher, { stdin: { type: 'pipe' } });
    void record.input?.write('early');
    const link = fakeLink();
    dispatcher.dispatch(() => link);
    const ref = record.assignment?.ref;
    expect((link.sent as Array<{ type: string }>).map(({ type }) => type)).to.deep.equal(['start', 'write']);
    expect(link.sent[1]).to.deep.equal({ type: 'write', ref, sequence: 1, data: 'early' });
  });
});
