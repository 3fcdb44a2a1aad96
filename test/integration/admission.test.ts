import { expect } from 'chai';
import { ConcurrencyLimitReachedError, exec, QueueFullError, shell } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { rejectionOf, thrownBy } from '../support/rejection.js';

describe('admission', () => {
  const makeEngine = useEngines();

  it('never lets more run at once than `maxConcurrentExecutions`, and lets that many', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 3, workerThreads: 2 });
    let running = 0;
    let most = 0;
    engine.events$.subscribe(({ type }) => {
      if (type === 'started') most = Math.max(most, ++running);
      if (type === 'completed') running--;
    });
    const runs = Array.from({ length: 20 }, () => engine.execute({ command: exec('sleep', '0.1') }));
    const results = await Promise.all(runs.map(({ result }) => result));
    expect(most).to.equal(3);
    // The processes' own times: at no start were three others under way.
    for (const { startedAt, id } of results) {
      const others = results.filter(
        (other) => other.id !== id && (other.startedAt ?? 0) < (startedAt ?? 0) && other.completedAt > (startedAt ?? 0),
      );
      expect(others.length).to.be.below(3);
    }
  });

  it('starts what waits by priority, higher first, and equal ones in order of arrival', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const blocker = await startedBlocker(engine);
    const order: string[] = [];
    const priorities = [0, 5, 1, 5, -1, undefined, 0.5];
    const runs = priorities.map((priority, index) => {
      const request = { command: exec('true'), ...(priority === undefined ? {} : { priority }) };
      const run = engine.execute(request);
      run.events$.subscribe(({ type }) => {
        if (type === 'started') order.push(`${index}:${priority ?? 'default'}`);
      });
      return run;
    });
    blocker.release();
    await Promise.all(runs.map(({ result }) => result));
    expect(order).to.deep.equal(['1:5', '3:5', '2:1', '6:0.5', '0:0', '5:default', '4:-1']);
  });

  it('by default queues up to `maxQueuedExecutions`, then throws QueueFullError; nothing is left of the refused', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1, maxQueuedExecutions: 2 });
    const blocker = await startedBlocker(engine);
    const waiting = [1, 2].map(() => engine.execute({ command: exec('true') }));
    const events = collect(engine.events$);
    const error = thrownBy(() => engine.execute({ command: exec('true') })) as QueueFullError;
    expect(error).to.be.instanceOf(QueueFullError);
    expect(error.limit).to.equal(2);
    expect(await rejectionOf(engine.run({ command: exec('true') }))).to.be.instanceOf(QueueFullError);
    expect(engine.listExecutions()).to.have.length(3);
    blocker.release();
    await Promise.all(waiting.map(({ result }) => result));
    expect(engine.getStats().total).to.equal(3);
    expect(new Set(events.values.map(({ executionId }) => executionId)).size).to.equal(3);
    expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
  });

  it('may have no queue at all', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1, maxQueuedExecutions: 0 });
    await startedBlocker(engine);
    expect(thrownBy(() => engine.execute({ command: exec('true') }))).to.be.instanceOf(QueueFullError);
  });

  it("with `admission: 'reject'` throws ConcurrencyLimitReachedError at the limit, until a slot is free", async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 2, admission: 'reject' });
    const blockers = [await startedBlocker(engine), await startedBlocker(engine)];
    const error = thrownBy(() => engine.execute({ command: exec('true') })) as ConcurrencyLimitReachedError;
    expect(error).to.be.instanceOf(ConcurrencyLimitReachedError);
    expect(error.limit).to.equal(2);
    blockers[0]?.release();
    await blockers[0]?.execution.result;
    expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
    expect(engine.listExecutions()).to.have.length(3);
  });

  it('gives every slot back, whatever way an execution ends', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 4 });
    const runs = [
      ...Array.from({ length: 6 }, () => engine.execute({ command: exec('/no/such/program') })),
      ...Array.from({ length: 6 }, () => engine.execute({ command: exec('sleep', '600'), timeoutMs: 20 })),
      ...Array.from({ length: 6 }, () => engine.execute({ command: shell('kill -9 $$') })),
      ...Array.from({ length: 6 }, () => engine.execute({ command: exec('sleep', '600') })),
    ];
    setTimeout(() => engine.cancelAll(), 100);
    await Promise.all(runs.map(({ result }) => result));
    const free = { maxConcurrent: 4, currentlyRunning: 0, currentlyPending: 0, availableSlots: 4 };
    await eventually('all slots are free', () => engine.getConcurrencyMetrics().availableSlots === 4);
    expect(engine.getConcurrencyMetrics()).to.deep.equal(free);
  });
});
