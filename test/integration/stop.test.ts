import { expect } from 'chai';
import { createEngine, EngineStoppedError, exec, shell, ValidationError } from 'execrx';
import { firstValueFrom } from 'rxjs';
import { useApps } from '../support/app.js';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect, typesOf } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/proc.js';
import { startTree } from '../support/process-tree.js';
import { rejectionOf, thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

describe('stop', () => {
  const makeEngine = useEngines();
  const startApp = useApps();
  const tempDirectory = useTempDirectories();

  it('refuses new work from the call on', async () => {
    const engine = makeEngine();
    const stopped = engine.stop({ drainMs: 1_000 });
    expect(thrownBy(() => engine.execute({ command: exec('true') }))).to.be.instanceOf(EngineStoppedError);
    expect(await rejectionOf(engine.run({ command: exec('true') }))).to.be.instanceOf(EngineStoppedError);
    await stopped;
    expect(thrownBy(() => engine.execute({ command: exec('true') }))).to.be.instanceOf(EngineStoppedError);
  });

  it('ends at once, by default, what runs and what waits, with its tree', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const { execution, pids } = await startTree(engine);
    const waiting = engine.execute({ command: exec('true') });
    await engine.stop();
    expect(pids.filter(isRunning)).to.deep.equal([]);
    for (const { status, error } of [await execution.result, await waiting.result]) {
      expect([status, error?.code]).to.deep.equal(['cancelled', 'ENGINE_STOPPED']);
    }
    expect((await execution.result).termination).to.deep.include({ cause: 'stop', treeEmpty: true });
    expect((await waiting.result).pid).to.equal(null);
  });

  it('lets what runs and what waits go on for `drainMs`', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const runs = ['0.3', '0.1'].map((duration) => engine.execute({ command: exec('sleep', duration) }));
    await engine.stop({ drainMs: 60_000 });
    const statuses = runs.map(({ status }) => status);
    expect(statuses).to.deep.equal(['completed', 'completed']);
  });

  it('does not wait longer than it has to, nor than `drainMs`', async () => {
    const idle = makeEngine();
    await idle.run({ command: exec('true') });
    const from = performance.now();
    await idle.stop({ drainMs: 60_000 });
    expect(performance.now() - from).to.be.below(10_000);

    const busy = makeEngine();
    const quick = busy.execute({ command: exec('sleep', '0.1') });
    const slow = busy.execute({ command: exec('sleep', '600') });
    await eventually('both run', () => busy.listExecutions({ status: 'running' }).length === 2);
    await busy.stop({ drainMs: 800 });
    const { durationMs, error } = await slow.result;
    expect([quick.status, slow.status, error?.code]).to.deep.equal(['completed', 'cancelled', 'ENGINE_STOPPED']);
    expect(durationMs).to.be.within(700, 10_000);
  });

  it('may be called again and again, from `await using` too', async () => {
    const engine = makeEngine();
    await engine.run({ command: exec('true') });
    const first = engine.stop();
    expect(engine.stop({ drainMs: 60_000 })).to.equal(first);
    await first;
    await engine.stop();
    await engine[Symbol.asyncDispose]();
    let disposed: typeof engine;
    {
      await using scoped = createEngine({ logDir: tempDirectory() });
      disposed = scoped;
      expect((await scoped.run({ command: exec('true') })).status).to.equal('completed');
    }
    expect(thrownBy(() => disposed.execute({ command: exec('true') }))).to.be.instanceOf(EngineStoppedError);
  });

  it('completes every stream, those of executions too, after their last event', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const { execution } = await startedBlocker(engine);
    const waiting = engine.execute({ command: exec('true') });
    const events = collect(engine.events$);
    const streams = [engine.stats$, engine.concurrency$, engine.health$, engine.deadLetters$].map((stream) =>
      collect<unknown>(stream),
    );
    const own = [execution, waiting].flatMap((run) => [run.events$, run.output$, run.stdout$, run.stderr$]);
    const ownStreams = own.map((stream) => collect<unknown>(stream));
    await engine.stop();
    for (const { completed, errored } of [events, ...streams, ...ownStreams]) {
      expect([completed, errored]).to.deep.equal([true, false]);
    }
    const terminal = typesOf(events.values).filter((type) => type === 'cancelled');
    expect(terminal).to.have.length(2);
    expect(collect(engine.events$).completed).to.equal(true);
    expect(collect(execution.events$).values).to.have.length(3);
  });

  it('ends an engine whose threads never came up, and what was submitted to it', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('true') });
    await engine.stop();
    expect((await run.result).error?.code).to.equal('ENGINE_STOPPED');
  });

  it('kills what ignores SIGTERM, after the grace period', async () => {
    const engine = makeEngine({ killGraceMs: 300 });
    const { execution, pids } = await startTree(engine, { stubborn: true });
    await engine.stop();
    expect(pids.filter(isRunning)).to.deep.equal([]);
    const { termination, signal } = await execution.result;
    expect(signal).to.equal('SIGKILL');
    expect(termination?.signals.map((sent) => sent.signal)).to.deep.equal(['SIGTERM', 'SIGKILL']);
  });

  it('reports a cancel that came first as what ended the execution', async () => {
    const engine = makeEngine({ killGraceMs: 400 });
    const command = shell("trap 'echo told' TERM; echo ready; while :; do sleep 0.02; done");
    const run = engine.execute({ command });
    const lines = collect(run.stdout$);
    await eventually('it is ready', () => lines.values.includes('ready'));
    run.cancel('mine');
    await eventually('it has been told to end', () => lines.values.includes('told'));
    await engine.stop();
    const { error, termination } = await run.result;
    expect([error?.code, error?.message, termination?.cause]).to.deep.equal(['CANCELLED', 'mine', 'cancel']);
  });

  it('refuses a drain period that is none', () => {
    const engine = makeEngine();
    for (const drainMs of [-1, 0.5, Number.NaN, '5' as never]) {
      expect(thrownBy(() => engine.stop({ drainMs }))).to.be.instanceOf(ValidationError);
    }
    const misspelt = { drain: 5_000 } as never;
    expect(() => engine.stop(misspelt)).to.throw(ValidationError, /drain: expected no such field/);
  });

  it('leaves the last value of what had a current one, for whoever comes late', async () => {
    const engine = makeEngine();
    await engine.run({ command: exec('true') });
    await engine.stop();
    expect((await firstValueFrom(engine.health$)).status).to.equal('stopped');
    expect((await firstValueFrom(engine.stats$)).completed).to.equal(1);
    expect((await firstValueFrom(engine.concurrency$)).currentlyRunning).to.equal(0);
  });

  it('leaves no process, thread, timer, descriptor, nor listener behind', async () => {
    const app = startApp('stop-and-report.mjs', tempDirectory());
    expect((await app.ended).code, app.stderr()).to.equal(0);
    const { untouched, before, after } = JSON.parse(app.lines[0] ?? '{}');
    expect(after).to.deep.equal(before);
    expect(after.children).to.deep.equal([]);
    expect(after.listeners).to.deep.equal(untouched);
    // Its own two output pipes, and nothing of ours.
    expect(after.resources).to.deep.equal(['PipeWrap', 'PipeWrap']);
  });
});
