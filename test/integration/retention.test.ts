import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { type ExecutionEngine, exec, NotFinishedError, NotFoundError } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { until } from '../support/poll.js';
import { rejectionOf, thrownBy } from '../support/rejection.js';

async function runTimes(engine: ExecutionEngine, times: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < times; index++) ids.push((await engine.run({ command: exec('true') })).id);
  return ids;
}

const known = (engine: ExecutionEngine) => engine.listExecutions().map(({ id }) => id);

describe('cleanup', () => {
  const makeEngine = useEngines();

  it('forgets the oldest finished executions beyond the count, and says how many', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 2, enableAutoCleanup: false });
    const ids = await runTimes(engine, 5);
    expect(engine.cleanup()).to.equal(3);
    expect(known(engine)).to.deep.equal(ids.slice(3).reverse());
    expect(engine.cleanup()).to.equal(0);
    expect(thrownBy(() => engine.getStatus(ids[0] as string))).to.be.instanceOf(NotFoundError);
  });

  it('goes by the order of the end, not of the submission', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 1, enableAutoCleanup: false });
    const blocker = await startedBlocker(engine);
    const [quick] = await runTimes(engine, 1);
    blocker.release();
    await blocker.execution.result;
    expect(engine.cleanup()).to.equal(1);
    expect(known(engine)).to.deep.equal([blocker.execution.id]).and.not.to.include(quick);
  });

  it('forgets finished executions past their age, which counts from the end', async () => {
    const engine = makeEngine({ executionRetentionSecs: 1, enableAutoCleanup: false });
    const slow = engine.execute({ command: exec('sleep', '1.5') });
    const { id, completedAt } = await engine.run({ command: exec('true') });
    expect(engine.cleanup()).to.equal(0);
    await slow.result;
    expect(known(engine)).to.include(slow.id);
    await until('one is old enough', () => engine.cleanup() === 1);
    expect(Date.now() - completedAt).to.be.above(1_000);
    expect(known(engine)).to.deep.equal([slow.id]).and.not.to.include(id);
  });

  it('never forgets what waits or runs', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 0, maxConcurrentExecutions: 1, executionRetentionSecs: 0 });
    const blocker = await startedBlocker(engine);
    const waiting = engine.execute({ command: exec('true') });
    expect(engine.cleanup()).to.equal(0);
    expect(known(engine)).to.deep.equal([waiting.id, blocker.execution.id]);
    blocker.release();
    expect((await waiting.result).status).to.equal('completed');
    expect((await blocker.execution.result).status).to.equal('completed');
  });

  it('leaves the handle of a forgotten execution as it was', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 0, enableAutoCleanup: false });
    const run = engine.execute({ command: exec('echo', 'hi') });
    await run.result;
    engine.cleanup();
    expect(run.status).to.equal('completed');
    expect((await run.result).stdout).to.equal('hi\n');
    expect(await rejectionOf(engine.wait(run.id))).to.be.instanceOf(NotFoundError);
  });
});

describe('automatic cleanup', () => {
  const makeEngine = useEngines();

  it('runs the retention pass every `cleanupIntervalMs`', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 2, cleanupIntervalMs: 50 });
    const ids = await runTimes(engine, 5);
    await until('three are forgotten', () => known(engine).length === 2);
    expect(known(engine)).to.deep.equal(ids.slice(3).reverse());
  });

  it('does not wait for the next pass when finished executions crowd the memory', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 10, cleanupIntervalMs: 1_000_000 });
    const runs = Array.from({ length: 300 }, () => engine.execute({ command: exec('/no/such/program') }));
    await Promise.all(runs.map(({ result }) => result));
    await until('the crowd is gone', () => known(engine).length < 120);
  });

  it('never runs with `enableAutoCleanup: false`', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 0, cleanupIntervalMs: 1, enableAutoCleanup: false });
    const runs = Array.from({ length: 150 }, () => engine.execute({ command: exec('/no/such/program') }));
    await Promise.all(runs.map(({ result }) => result));
    expect(known(engine)).to.have.length(150);
  });

  it('lets every terminal event find its execution in the registry, even if nothing is kept', async () => {
    const engine = makeEngine({ maxInMemoryExecutions: 0, cleanupIntervalMs: 1_000_000 });
    const missed: string[] = [];
    engine.events$.subscribe((event) => {
      if ('planId' in event) return;
      const isKnown = known(engine).includes(event.executionId);
      if (!isKnown) missed.push(event.type);
    });
    const runs = Array.from({ length: 150 }, () => engine.execute({ command: exec('/no/such/program') }));
    await Promise.all(runs.map(({ result }) => result));
    expect(missed).to.deep.equal([]);
  });

  it('removes logs past `logRetentionSecs`, but not of what runs, nor files of others', async () => {
    const engine = makeEngine({ logRetentionSecs: 100, cleanupIntervalMs: 50 });
    const run = engine.execute({ command: exec('cat'), stdin: { pipe: true } });
    await run.write('still here\n');
    await until('its log exists', () => existsSync(engine.getLogPath(run.id)));
    const young = await engine.run({ command: exec('echo', 'young') });
    const old = await engine.run({ command: exec('echo', 'old') });
    const logDir = dirname(old.logPath);
    writeFileSync(join(logDir, 'notes.log'), 'not ours');
    const longAgo = Date.now() / 1_000 - 200;
    for (const path of [engine.getLogPath(run.id), old.logPath, join(logDir, 'notes.log')]) {
      utimesSync(path, longAgo, longAgo);
    }
    await until('the old log is gone', () => !existsSync(old.logPath));
    expect(readdirSync(logDir)).to.have.members([`${run.id}.log`, `${young.id}.log`, 'notes.log']);
    run.end();
  });
});

describe('removeExecution', () => {
  const makeEngine = useEngines();

  it('forgets one finished execution at once; its id is free again', async () => {
    const engine = makeEngine();
    const [kept = '', removed = ''] = await runTimes(engine, 2);
    engine.removeExecution(removed);
    expect(known(engine)).to.deep.equal([kept]);
    expect(thrownBy(() => engine.removeExecution(removed))).to.be.instanceOf(NotFoundError);
    expect((await engine.run({ id: removed, command: exec('true') })).id).to.equal(removed);
  });

  it('refuses while the execution waits or runs', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const { execution: running } = await startedBlocker(engine);
    const waiting = engine.execute({ command: exec('true') });
    for (const { id } of [running, waiting]) {
      expect(thrownBy(() => engine.removeExecution(id))).to.be.instanceOf(NotFinishedError);
    }
    expect(known(engine)).to.deep.equal([waiting.id, running.id]);
  });
});
