import { expect } from 'chai';
import { type Observable, take } from 'rxjs';
import { LISTEN_BOTH, LISTEN_CHUNKS, LISTEN_STDERR, LISTEN_STDOUT } from '#lib/actors/protocol/wire.js';
import { RecordStreams } from '#lib/supervisor/record-streams.js';
import { finished, queued, started } from '../../support/transitions.js';

function make() {
  const masks: number[] = [];
  const streams: RecordStreams = new RecordStreams(() => masks.push(streams.listenMask));
  return { streams, masks };
}

function collect<T>(stream$: Observable<T>): { values: T[]; completed: boolean } {
  const seen = { values: [] as T[], completed: false };
  stream$.subscribe({ next: (value) => seen.values.push(value), complete: () => (seen.completed = true) });
  return seen;
}

const [first, second, last] = [queued().event, started('pending').event, finished('running', 'completed').event];

describe('RecordStreams', () => {
  it('replays lifecycle events to a late subscriber, then goes on live, and completes after the terminal one', () => {
    const { streams } = make();
    streams.publishLifecycle(first);
    const late = collect(streams.events$);
    streams.publishLifecycle(second);
    expect(late.values).to.deep.equal([first, second]);
    expect(late.completed).to.equal(false);
    streams.publishLifecycle(last);
    expect(late).to.deep.equal({ values: [first, second, last], completed: true });
  });

  it('replays the whole life to a subscriber that comes after the end, and completes', () => {
    const { streams } = make();
    for (const event of [first, second, last]) streams.publishLifecycle(event);
    expect(collect(streams.events$)).to.deep.equal({ values: [first, second, last], completed: true });
  });

  it('gives each event once to a subscriber that comes while it is being published', () => {
    const { streams } = make();
    const inner: Array<ReturnType<typeof collect>> = [];
    streams.events$.subscribe(() => inner.push(collect(streams.events$)));
    for (const event of [first, second, last]) streams.publishLifecycle(event);
    for (const seen of inner) expect(seen).to.deep.equal({ values: [first, second, last], completed: true });
    expect(inner).to.have.lengthOf(3);
  });

  it('completes the output streams with the execution, for late subscribers at once', () => {
    const { streams } = make();
    const early = [streams.output$, streams.stdout$, streams.stderr$, streams.chunks$].map((stream$) =>
      collect<unknown>(stream$),
    );
    streams.publishLifecycle(last);
    const late = [streams.output$, streams.stdout$, streams.stderr$, streams.chunks$].map((stream$) =>
      collect<unknown>(stream$),
    );
    for (const seen of [...early, ...late]) expect(seen).to.deep.equal({ values: [], completed: true });
  });

  it('wants the lines of the streams someone listens to, and says when that changes', () => {
    const { streams, masks } = make();
    expect(streams.listenMask).to.equal(0);
    const stdout = streams.stdout$.subscribe();
    const stderr = streams.stderr$.subscribe();
    stdout.unsubscribe();
    stderr.unsubscribe();
    const output = streams.output$.subscribe();
    output.unsubscribe();
    const events = streams.events$.subscribe();
    const chunks = streams.chunks$.subscribe();
    events.unsubscribe();
    chunks.unsubscribe();
    const both = LISTEN_STDOUT | LISTEN_STDERR;
    expect(masks).to.deep.equal([
      LISTEN_STDOUT,
      both,
      LISTEN_STDERR,
      0,
      LISTEN_BOTH,
      0,
      LISTEN_BOTH,
      LISTEN_BOTH | LISTEN_CHUNKS,
      LISTEN_CHUNKS,
      0,
    ]);
  });

  it('has a sink only where someone listens', () => {
    const { streams } = make();
    const sinks = () => [streams.eventSink, streams.lineSink, streams.textSink('stdout'), streams.textSink('stderr')];
    expect(sinks()).to.deep.equal([null, null, null, null]);
    const subscriptions = [streams.events$, streams.output$, streams.stdout$, streams.stderr$].map((stream$) => {
      return (stream$ as Observable<unknown>).subscribe();
    });
    expect(sinks()).to.not.include(null);
    for (const subscription of subscriptions) subscription.unsubscribe();
    expect(sinks()).to.deep.equal([null, null, null, null]);
  });

  it('keeps each kind of output to its own stream', () => {
    const { streams } = make();
    const [stdout, stderr, output] = [collect(streams.stdout$), collect(streams.stderr$), collect(streams.output$)];
    streams.textSink('stdout')?.next('out');
    streams.textSink('stderr')?.next('err');
    streams.lineSink?.next({ stream: 'stdout', line: 'out', timestamp: 1 });
    expect([stdout.values, stderr.values]).to.deep.equal([['out'], ['err']]);
    expect(output.values).to.deep.equal([{ stream: 'stdout', line: 'out', timestamp: 1 }]);
  });

  it('wants nothing for a subscriber that had enough from the replay', () => {
    const { streams } = make();
    streams.publishLifecycle(first);
    expect(collect(streams.events$.pipe(take(1)))).to.deep.equal({ values: [first], completed: true });
    expect(streams.listenMask).to.equal(0);
  });

  it('says nothing more of interest once the execution is over', () => {
    const { streams, masks } = make();
    const subscription = streams.events$.subscribe();
    streams.publishLifecycle(last);
    subscription.unsubscribe();
    expect(masks).to.deep.equal([LISTEN_BOTH]);
  });
});
