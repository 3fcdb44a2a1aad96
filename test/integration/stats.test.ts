import { expect } from 'chai';
import { type ConcurrencyMetrics, type EngineStats, exec, shell } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { until } from '../support/poll.js';

const sumOf = ({ pending, running, completed, failed, cancelled, timeout }: EngineStats) =>
  pending + running + completed + failed + cancelled + timeout;

describe('statistics', () => {
  const makeEngine = useEngines();

  it('begin at nothing', () => {
    const none = { p50: 0, p95: 0, p99: 0, max: 0 };
    const counts = { total: 0, pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0, timeout: 0 };
    expect(makeEngine().getStats()).to.deep.equal({
      ...counts,
      durationMs: none,
      queueMs: none,
      outputBytes: 0,
      retries: 0,
    });
  });

  it('count every outcome, the output and the retries', async () => {
    const engine = makeEngine();
    const retry = { attempts: 3, backoffMs: 1 };
    await Promise.all([
      engine.run({ command: shell('printf 12345; printf 123 >&2') }),
      engine.run({ command: exec('true') }),
      engine.run({ command: exec('false'), retry }),
      engine.run({ command: exec('/no/such/program') }),
      engine.run({ command: exec('sleep', '600'), timeoutMs: 50 }),
    ]);
    const run = engine.execute({ command: exec('true') });
    run.cancel();
    await run.result;
    expect(engine.getStats()).to.deep.include({
      ...{ total: 6, pending: 0, running: 0, completed: 2, failed: 2, cancelled: 1, timeout: 1 },
      ...{ outputBytes: 8, retries: 2 },
    });
  });

  it('tell how long executions ran and waited', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    await engine.ready();
    await Promise.all([engine.run({ command: exec('sleep', '0.5') }), engine.run({ command: exec('true') })]);
    const { durationMs, queueMs } = engine.getStats();
    expect(durationMs.max).to.be.within(495, 5_000);
    expect(durationMs.p99).to.be.within(durationMs.max * 0.97, durationMs.max * 1.03);
    expect(durationMs.p50).to.be.below(300);
    expect(queueMs.max).to.be.within(490, 5_000);
    expect(queueMs.p50).to.be.below(400);
  });

  it('always add up, at every change, and never shrink with cleanup', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 2, maxInMemoryExecutions: 0 });
    const seen = collect(engine.stats$);
    const runs = Array.from({ length: 12 }, (_, index) => engine.execute({ command: shell(`exit ${index % 2}`) }));
    runs[11]?.cancel();
    await Promise.all(runs.map(({ result }) => result));
    const before = engine.getStats();
    expect(before).to.include({ total: 12, completed: 6, failed: 5, cancelled: 1 });
    expect(engine.cleanup()).to.equal(12);
    expect(engine.getStats()).to.deep.equal(before);
    expect(seen.values.length).to.be.above(24);
    for (const stats of seen.values) expect(stats.total).to.equal(sumOf(stats));
    const totals = seen.values.map(({ total }) => total);
    expect(totals).to.deep.equal([...totals].sort((a, b) => a - b));
    expect(Math.max(...seen.values.map(({ running }) => running))).to.be.within(1, 2);
  });

  it('are given as they are to one who subscribes, then at every change', async () => {
    const engine = makeEngine();
    await engine.run({ command: exec('true') });
    const late = collect(engine.stats$);
    expect(late.values.map(({ completed }) => completed)).to.deep.equal([1]);
    await engine.run({ command: exec('true') });
    expect(late.values.map(({ pending, running, completed }) => [pending, running, completed])).to.deep.equal([
      [0, 0, 1],
      [1, 0, 1],
      [0, 1, 1],
      [0, 0, 2],
    ]);
  });

  it('agree, inside a subscriber, with the event it is told', async () => {
    const engine = makeEngine();
    const seen: Array<Array<string | number>> = [];
    engine.events$.subscribe(({ type, executionId }) => {
      if (executionId === undefined) return;
      const { pending, running, completed, total } = engine.getStats();
      seen.push([type, engine.getStatus(executionId), pending, running, completed, total]);
    });
    await engine.run({ command: exec('true') });
    expect(seen).to.deep.equal([
      ['queued', 'pending', 1, 0, 0, 1],
      ['started', 'running', 0, 1, 0, 1],
      ['completed', 'completed', 0, 0, 1, 1],
    ]);
  });
});

describe('concurrency metrics', () => {
  const makeEngine = useEngines();

  it('tell who holds a slot and who waits, when asked and as a stream', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 2 });
    const seen = collect<ConcurrencyMetrics>(engine.concurrency$);
    const metrics = (running: number, pending: number) => ({
      maxConcurrent: 2,
      currentlyRunning: running,
      currentlyPending: pending,
      availableSlots: 2 - running,
    });
    expect(engine.getConcurrencyMetrics()).to.deep.equal(metrics(0, 0));
    const first = await startedBlocker(engine);
    const second = await startedBlocker(engine);
    const third = engine.execute({ command: exec('true') });
    expect(engine.getConcurrencyMetrics()).to.deep.equal(metrics(2, 1));
    await until('the stream knows', () => seen.values.length === 4);
    first.release();
    await third.result;
    second.release();
    await second.execution.result;
    await until('all is free', () => engine.getConcurrencyMetrics().availableSlots === 2);
    await until('the stream knows', () => seen.values.at(-1)?.availableSlots === 2);
    expect(seen.values.slice(0, 5)).to.deep.equal([
      metrics(0, 0),
      metrics(1, 0),
      metrics(2, 0),
      metrics(2, 1),
      metrics(2, 0),
    ]);
    for (const { maxConcurrent, currentlyRunning, availableSlots } of seen.values) {
      expect(currentlyRunning + availableSlots).to.equal(maxConcurrent);
    }
  });
});
