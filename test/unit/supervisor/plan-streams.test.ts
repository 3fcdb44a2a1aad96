import { expect } from 'chai';
import { type Observable, take } from 'rxjs';
import type { PlanEvent } from '#dist/actors/protocol/plan.js';
import { LISTEN_BOTH } from '#dist/actors/protocol/wire.js';
import { PlanStreams } from '#dist/supervisor/plan-streams.js';
import { Publisher } from '#dist/supervisor/publisher.js';
import { ExecutionRecord } from '#dist/supervisor/record.js';
import { fakeLink, submissionWith } from '../../support/records.js';
import { finished, queued, started } from '../../support/transitions.js';

const base = { timestamp: 1, planId: 'plan' };
const begun: PlanEvent = { type: 'plan_started', ...base, total: 2 };
const stats = { total: 2, completed: 2, failed: 0, cancelled: 0, timeout: 0 };
const result = { planId: 'plan', status: 'completed' as const, results: [], totalDurationMs: 1, stats };
const over: PlanEvent = { type: 'plan_finished', ...base, result };
const progress = (completed: number, currentCommand: string | null): PlanEvent => ({
  type: 'progress',
  ...base,
  completed,
  total: 2,
  currentCommand,
});

describe('PlanStreams', () => {
  function watch<T>(source: Observable<T>) {
    const seen = { values: [] as T[], completed: false };
    const complete = () => {
      seen.completed = true;
    };
    source.subscribe({ next: (value) => seen.values.push(value), complete });
    return seen;
  }

  it('replays what is not output to a late subscriber, then goes on live, and completes after the plan’s last event', () => {
    const streams = new PlanStreams(2);
    streams.publish(begun);
    streams.publishLifecycle(queued().event);
    const late = watch(streams.events$);
    streams.publish(over);
    const all = [begun, queued().event, over];
    expect(late).to.deep.equal({ values: all, completed: true });
    expect(watch(streams.events$)).to.deep.equal(late);
  });

  it('shows progress from the beginning, its changes only, and its last value for good', () => {
    const streams = new PlanStreams(2);
    const seen = watch(streams.progress$);
    for (const event of [progress(0, 'a'), progress(0, 'a'), progress(1, 'a'), progress(1, 'b'), over])
      streams.publish(event);
    const values = [
      [0, null],
      [0, 'a'],
      [1, 'a'],
      [1, 'b'],
    ].map(([completed, currentCommand]) => ({ completed, total: 2, currentCommand }));
    expect(seen).to.deep.equal({ values, completed: true });
    expect(watch(streams.progress$)).to.deep.equal({ values: values.slice(-1), completed: true });
  });

  it('has its executions send their lines while someone listens, and only those that run', () => {
    const streams = new PlanStreams(2);
    const masks: number[] = [];
    const make = () =>
      new ExecutionRecord(submissionWith(), 1_000, '/logs/x.log', (of) => masks.push(of.streams.listenMask), streams);
    const [one, two] = [make(), make()];
    const subscription = streams.events$.subscribe();
    expect([one.streams.listenMask, two.streams.listenMask, masks]).to.deep.equal([
      LISTEN_BOTH,
      LISTEN_BOTH,
      [LISTEN_BOTH, LISTEN_BOTH],
    ]);
    one.streams.publishLifecycle(finished('running', 'completed').event);
    subscription.unsubscribe();
    expect(masks.slice(2)).to.deep.equal([0]);
    streams.events$.pipe(take(1)).subscribe();
    expect(two.streams.listenMask).to.equal(0);
  });

  it('is told by the publisher of everything that happens to its executions, and of nothing else', async () => {
    const publisher = new Publisher();
    const streams = new PlanStreams(2);
    const own = watch(streams.events$);
    const all: unknown[] = [];
    publisher.events$.subscribe((event) => {
      all.push(event);
      if (event.type !== 'queued') expect(own.values.at(-1)).to.equal(event); // told first
    });
    const record = new ExecutionRecord(submissionWith(), 1_000, '/logs/x.log', () => {}, streams);
    const other = new ExecutionRecord(submissionWith(), 1_000, '/logs/y.log', () => {});
    publisher.plan(streams, begun);
    publisher.lifecycle(record, started('pending'));
    publisher.lifecycle(other, queued());
    publisher.output(record, fakeLink(), {
      type: 'output',
      ref: 1,
      stream: 'stdout',
      text: 'a\nb',
      partial: false,
      bytes: 3,
      at: 7,
    });
    publisher.plan(streams, over);
    expect(own.values).to.deep.equal([]);
    publisher.publishAll();
    const lines = ['a', 'b'].map((line) => ({ type: 'stdout', executionId: record.id, timestamp: 7, line }));
    expect(own.values).to.deep.equal([begun, started('pending').event, ...lines, over]);
    expect(all).to.deep.equal([begun, started('pending').event, queued().event, ...lines, over]);
    expect(await streams.outcome).to.equal(result);
  });
});
