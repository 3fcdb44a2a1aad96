import { expect } from 'chai';
import { type Execution, type ExecutionEvent, exec } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect, typesOf } from '../support/events.js';
import { until } from '../support/poll.js';

describe('a subscriber that calls the engine', () => {
  const makeEngine = useEngines();

  it('may execute inside an event; the events of each execution stay in order for everyone', async () => {
    const engine = makeEngine();
    let chained: Execution | undefined;
    engine.events$.subscribe(({ type }) => {
      if (type === 'completed') chained ??= engine.execute({ command: exec('echo', 'second') });
    });
    const observer = collect(engine.events$);
    const first = engine.execute({ command: exec('echo', 'first') });
    await first.result;
    await until('the second is submitted', () => chained !== undefined);
    await chained?.result;
    const seen = observer.values.map(({ type, executionId }) => `${executionId === first.id ? 1 : 2} ${type}`);
    expect(seen).to.deep.equal([
      ...['1 queued', '1 started', '1 stdout', '1 completed'],
      ...['2 queued', '2 started', '2 stdout', '2 completed'],
    ]);
  });

  it('is told of what it executes only after it has returned', async () => {
    const engine = makeEngine();
    const log: string[] = [];
    engine.events$.subscribe(({ type, executionId }) => {
      log.push(`enter ${type}`);
      if (type === 'started' && executionId === first.id) engine.execute({ command: exec('true') });
      log.push(`leave ${type}`);
    });
    const first = engine.execute({ command: exec('true') });
    await until('both have ended', () => engine.getStats().completed === 2);
    for (let index = 0; index < log.length; index += 2) {
      expect(log[index]?.replace('enter', 'leave')).to.equal(log[index + 1]);
    }
  });

  it('may cancel inside `queued`: nothing is spawned', async () => {
    const engine = makeEngine();
    await engine.ready();
    engine.events$.subscribe(({ type, executionId }) => {
      if (type === 'queued' && executionId !== undefined) engine.cancel(executionId);
    });
    const run = engine.execute({ command: exec('true') });
    const events = await collect(run.events$).done;
    expect(typesOf(events)).to.deep.equal(['queued', 'cancelled']);
    expect((await run.result).pid).to.equal(null);
  });

  it('may cancel inside `started` and inside a line of output', async () => {
    const engine = makeEngine();
    const atStart = engine.execute({ command: exec('sleep', '600') });
    atStart.events$.subscribe(({ type }) => type === 'started' && atStart.cancel('at start'));
    expect((await atStart.result).error?.message).to.equal('at start');
    const atLine = engine.execute({ command: exec('yes') });
    const subscription = atLine.stdout$.subscribe(() => {
      atLine.cancel('seen enough');
      subscription.unsubscribe();
    });
    expect((await atLine.result).error?.message).to.equal('seen enough');
  });

  it('finds the registry in agreement with every event, and may remove what has ended', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 2 });
    const expected: Partial<Record<ExecutionEvent['type'], string>> = {
      queued: 'pending',
      started: 'running',
      stdout: 'running',
      retrying: 'pending',
    };
    const wrong: string[] = [];
    const removed: string[] = [];
    engine.events$.subscribe((event) => {
      if ('planId' in event) return;
      const { type, executionId: id } = event;
      const listed = engine.listExecutions().find((execution) => execution.id === id);
      const status = engine.getStatus(id);
      if (status !== (expected[type] ?? type) || listed?.status !== status) wrong.push(`${type}: ${status}`);
      if (!('result' in event)) return;
      if (engine.getResult(id) !== event.result) wrong.push(`${type}: another result`);
      engine.removeExecution(id);
      removed.push(id);
    });
    const retry = { attempts: 2, backoffMs: 1 };
    const runs = Array.from({ length: 10 }, (_, index) =>
      engine.execute({ command: index % 2 ? exec('echo', 'x') : exec('false'), retry }),
    );
    await Promise.all(runs.map(({ result }) => result));
    expect(wrong).to.deep.equal([]);
    expect(removed).to.have.members(runs.map(({ id }) => id));
    expect(engine.listExecutions()).to.deep.equal([]);
  });

  it('may subscribe to the execution whose event it is told, and misses nothing', async () => {
    const engine = makeEngine();
    const late: Array<Promise<ExecutionEvent[]>> = [];
    engine.events$.subscribe(({ executionId, type }) => {
      if (type === 'queued' || executionId !== run.id) return;
      late.push(collect(run.events$).done);
    });
    const run = engine.execute({ command: exec('true') });
    await run.result;
    expect(late).to.have.length(2);
    for (const events of await Promise.all(late)) {
      expect(typesOf(events)).to.deep.equal(['queued', 'started', 'completed']);
    }
  });

  it('may execute from `concurrency$`, and what comes of it does not wait for something else to happen', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const blocker = await startedBlocker(engine);
    const chained: Execution[] = [];
    const events = collect(engine.events$);
    const metrics = collect(engine.concurrency$);
    engine.concurrency$.subscribe(({ currentlyPending }) => {
      if (currentlyPending === 1) chained.push(engine.execute({ command: exec('true') }));
    });
    // The blocker says nothing and ends only when told: no message moves the supervisor on.
    const first = engine.execute({ command: exec('true') });
    await until('both are announced', () => events.values.length === 2);
    expect(events.values.map(({ executionId }) => executionId)).to.deep.equal([first.id, chained[0]?.id]);
    await until('both are counted', () => metrics.values.at(-1)?.currentlyPending === 2);
    blocker.release();
    const results = await Promise.all([first, ...chained].map(({ result }) => result));
    expect(results.map(({ status }) => status).slice(0, 2)).to.deep.equal(['completed', 'completed']);
  });

  it('may stop the engine', async () => {
    const engine = makeEngine();
    let stopped: Promise<void> | undefined;
    engine.events$.subscribe(({ type }) => {
      if (type === 'started') stopped = engine.stop();
    });
    const run = engine.execute({ command: exec('sleep', '600') });
    const { status, error } = await run.result;
    expect([status, error?.code]).to.deep.equal(['cancelled', 'ENGINE_STOPPED']);
    await stopped;
  });
});
