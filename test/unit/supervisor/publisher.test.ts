import { expect } from 'chai';
import { config as rxjs } from 'rxjs';
import type { ExecutionEvent, Transition } from '#lib/actors/protocol/event.js';
import { Publisher } from '#lib/supervisor/publisher.js';
import { eventually } from '../../support/eventually.js';
import { fakeLink, recordWith } from '../../support/records.js';
import { finished, queued, started } from '../../support/transitions.js';

const block = { type: 'output', ref: 3, stream: 'stdout', text: 'a\nb', partial: false, bytes: 4, at: 77 } as const;
const typesOf = (events: readonly ExecutionEvent[]) => events.map(({ type }) => type);

describe('Publisher', () => {
  afterEach(() => {
    rxjs.onUnhandledError = null;
  });

  function make() {
    const publisher = new Publisher();
    const seen: ExecutionEvent[] = [];
    publisher.events$.subscribe((event) => seen.push(event));
    return { publisher, seen, record: recordWith() };
  }

  it('publishes nothing before it is told to, and then everything in order', () => {
    const { publisher, seen, record } = make();
    publisher.lifecycle(record, queued());
    publisher.lifecycle(record, started('pending'));
    publisher.lifecycle(record, finished('running', 'completed'));
    expect(seen).to.deep.equal([]);
    expect(publisher.idle).to.equal(false);
    publisher.publishAll();
    expect(typesOf(seen)).to.deep.equal(['queued', 'started', 'completed']);
    expect(publisher.idle).to.equal(true);
    publisher.publishAll();
    expect(seen).to.have.lengthOf(3);
  });

  it('publishes again what comes later', () => {
    const { publisher, seen, record } = make();
    for (const transition of [queued(), started('pending')]) {
      publisher.lifecycle(record, transition);
      publisher.publishAll();
    }
    expect(typesOf(seen)).to.deep.equal(['queued', 'started']);
  });

  it('does not reorder events for anyone when a subscriber calls back', () => {
    const publisher = new Publisher();
    const record = recordWith();
    const first: string[] = [];
    const second: string[] = [];
    publisher.events$.subscribe(({ type }) => {
      first.push(type);
      if (type !== 'queued') return;
      publisher.lifecycle(record, started('pending'));
      publisher.publishAll();
      first.push('callback over');
    });
    publisher.events$.subscribe(({ type }) => second.push(type));
    publisher.lifecycle(record, queued());
    publisher.publishAll();
    expect(first).to.deep.equal(['queued', 'callback over', 'started']);
    expect(second).to.deep.equal(['queued', 'started']);
  });

  it('lets a subscriber that throws disturb no one; its error surfaces outside the call', async () => {
    const errors: unknown[] = [];
    rxjs.onUnhandledError = (error) => errors.push(error);
    const publisher = new Publisher();
    const record = recordWith();
    const bug = new Error('a bug in the app');
    const seen: string[] = [];
    const throwing = () => {
      throw bug;
    };
    publisher.transitions$.subscribe(throwing);
    publisher.events$.subscribe(throwing);
    record.streams.events$.subscribe(throwing);
    publisher.events$.subscribe(({ type }) => seen.push(type));
    record.streams.events$.subscribe(({ type }) => seen.push(`own ${type}`));
    for (const transition of [queued(), started('pending')]) publisher.lifecycle(record, transition);
    publisher.publishAll();
    expect(seen).to.deep.equal(['own queued', 'queued', 'own started', 'started']);
    expect(errors).to.deep.equal([]);
    await eventually('every error has surfaced', () => errors.length === 6);
    expect(new Set(errors)).to.deep.equal(new Set([bug]));
  });

  it('tells the actors inside first, then the execution’s own subscribers, then everyone’s', () => {
    const publisher = new Publisher();
    const record = recordWith();
    const order: string[] = [];
    publisher.events$.subscribe(() => order.push('all'));
    record.streams.events$.subscribe(() => order.push('own'));
    publisher.transitions$.subscribe(() => order.push('inside'));
    publisher.lifecycle(record, queued());
    publisher.publishAll();
    expect(order).to.deep.equal(['inside', 'own', 'all']);
  });

  it('resolves the outcome after the terminal event', async () => {
    const { publisher, seen, record } = make();
    const outcome = record.outcome.then(() => typesOf(seen));
    const end = finished('running', 'failed');
    publisher.lifecycle(record, end);
    publisher.publishAll();
    expect(await outcome).to.deep.equal(['failed']);
    expect(await record.outcome).to.equal((end.event as { result?: unknown }).result);
  });

  it('makes an event of each line, in order', () => {
    const { publisher, seen, record } = make();
    publisher.output(record, fakeLink(), block);
    publisher.publishAll();
    const line = { type: 'stdout', executionId: record.id, timestamp: 77 };
    expect(seen).to.deep.equal([
      { ...line, line: 'a' },
      { ...line, line: 'b' },
    ]);
  });

  it('passes a piece of an overlong line on as it is, marked', () => {
    const { publisher, seen, record } = make();
    const lines: object[] = [];
    record.streams.output$.subscribe((line) => lines.push(line));
    publisher.output(record, fakeLink(), { ...block, stream: 'stderr', text: 'piece', partial: true });
    publisher.publishAll();
    expect(seen).to.deep.equal([
      { type: 'stderr', executionId: record.id, timestamp: 77, line: 'piece', partial: true },
    ]);
    expect(lines).to.deep.equal([{ stream: 'stderr', line: 'piece', timestamp: 77, partial: true }]);
  });

  it('gives lines to each kind of stream that someone wants', () => {
    const publisher = new Publisher();
    const record = recordWith();
    const seen: unknown[] = [];
    record.streams.output$.subscribe(({ stream, line, timestamp }) => seen.push([stream, line, timestamp]));
    record.streams.stdout$.subscribe((line) => seen.push(`stdout ${line}`));
    record.streams.stderr$.subscribe((line) => seen.push(`stderr ${line}`));
    publisher.output(record, fakeLink(), block);
    publisher.publishAll();
    expect(seen).to.deep.equal([['stdout', 'a', 77], 'stdout a', ['stdout', 'b', 77], 'stdout b']);
  });

  it('gives bytes to whoever wants bytes, as they came and before it gives credit for them', () => {
    const publisher = new Publisher();
    const record = recordWith();
    const link = fakeLink();
    const seen: unknown[] = [];
    record.streams.chunks$.subscribe(({ stream, data, timestamp }) => {
      seen.push([stream, data.toString('latin1'), timestamp, link.credits.length]);
    });
    const data = new Uint8Array([0xff, 0x0a]);
    publisher.output(record, link, { type: 'chunk', ref: 3, stream: 'stderr', data, lent: false, bytes: 2, at: 77 });
    publisher.publishAll();
    expect(seen).to.deep.equal([['stderr', '\xff\n', 77, 0]]);
    expect(link.credits).to.deep.equal([{ ref: 3, bytes: 2 }]);
  });

  it('gives memory back that was lent for bytes, and the subscribers a copy that they may keep', () => {
    const publisher = new Publisher();
    const record = recordWith();
    const link = fakeLink();
    const memory = new ArrayBuffer(8);
    const data = new Uint8Array(memory, 0, 2).fill(0x61);
    const lent = { type: 'chunk', ref: 3, stream: 'stdout', data, lent: true, bytes: 8, at: 77 } as const;
    publisher.output(record, link, lent); // nobody listens
    publisher.publishAll();
    const kept: Buffer[] = [];
    record.streams.chunks$.subscribe((chunk) => kept.push(chunk.data));
    publisher.output(record, link, lent);
    publisher.publishAll();
    expect(link.credits).to.deep.equal([
      { ref: 3, bytes: 8, memory },
      { ref: 3, bytes: 8, memory },
    ]);
    data.fill(0x62); // it is used again
    expect(kept.map(String)).to.deep.equal(['aa']);
  });

  it('gives credit once the subscribers have had the lines, and also when there are none', () => {
    const { publisher, seen, record } = make();
    const link = fakeLink();
    publisher.output(record, link, block);
    expect(link.credits).to.deep.equal([]);
    publisher.publishAll();
    expect(seen).to.have.lengthOf(2);
    const unheard = new Publisher();
    unheard.output(recordWith(), link, { ...block, ref: 9 });
    unheard.publishAll();
    expect(link.credits).to.deep.equal([
      { ref: 3, bytes: 4 },
      { ref: 9, bytes: 4 },
    ]);
  });

  it('knows whether someone wants the lines of everything, and says when that changes', () => {
    const publisher = new Publisher();
    const changes: boolean[] = [];
    publisher.onInterest = () => changes.push(publisher.listenAll);
    const subscription = publisher.events$.subscribe();
    const other = publisher.events$.subscribe();
    subscription.unsubscribe();
    other.unsubscribe();
    expect(changes).to.deep.equal([true, true, true, false]);
  });

  it('runs other calls in their place, and goes on after one that throws', async () => {
    const surfaced = new Promise<Error>((resolve) => {
      const others = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.once('uncaughtException', (error) => {
        for (const listener of others) process.on('uncaughtException', listener);
        resolve(error);
      });
    });
    const { publisher, seen, record } = make();
    const order: string[] = [];
    publisher.events$.subscribe(() => order.push('event'));
    publisher.call(() => order.push('call'));
    publisher.call(() => {
      throw new Error('a logger’s bug');
    });
    publisher.lifecycle(record, queued());
    publisher.publishAll();
    expect(order).to.deep.equal(['call', 'event']);
    expect(seen).to.have.lengthOf(1);
    expect((await surfaced).message).to.equal('a logger’s bug');
  });

  it('publishes what is left when it completes, and completes every stream', () => {
    const { publisher, seen, record } = make();
    const completed: string[] = [];
    const transitions: Transition[] = [];
    publisher.events$.subscribe({ complete: () => completed.push('events') });
    publisher.transitions$.subscribe({
      next: (one) => transitions.push(one),
      complete: () => completed.push('inside'),
    });
    publisher.lifecycle(record, queued());
    publisher.complete();
    expect(typesOf(seen)).to.deep.equal(['queued']);
    expect(transitions).to.have.lengthOf(1);
    expect(completed).to.have.members(['events', 'inside']);
  });
});
