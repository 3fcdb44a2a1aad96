import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type DeadLetter, exec, NotFoundError, NotRunningError, shell } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect, ofType, typesOf } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/proc.js';
import { startTree } from '../support/process-tree.js';
import { raceSeed, seededRandom } from '../support/random.js';
import { rejectionOf, thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

describe('cancel', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  it('before the start spawns nothing, right after the call and in the queue', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    await engine.ready();
    const marks = tempDirectory();
    const touch = (name: string) => engine.execute({ command: exec('touch', join(marks, name)) });

    const immediate = touch('immediate');
    immediate.cancel();
    await immediate.result;
    const blocker = await startedBlocker(engine);
    const queued = touch('queued');
    await eventually('it waits', () => engine.getConcurrencyMetrics().currentlyPending === 1);
    engine.cancel(queued.id);
    const { status, pid, attempts } = await queued.result;
    expect([status, pid, attempts]).to.deep.equal(['cancelled', null, 0]);
    blocker.release();
    // One after the other through the same slot: what had been spawned before would have left its mark.
    await touch('last').result;
    expect(['immediate', 'queued', 'last'].filter((name) => existsSync(join(marks, name)))).to.deep.equal(['last']);
  });

  it('takes the whole tree of a running one, grandchildren and their sessions included', async () => {
    const engine = makeEngine();
    const { execution, pids } = await startTree(engine);
    expect(pids.every(isRunning)).to.equal(true);
    execution.cancel();
    const { status, termination } = await execution.result;
    expect(status).to.equal('cancelled');
    expect(termination).to.deep.include({ cause: 'cancel', treeEmpty: true });
    expect(pids.filter(isRunning)).to.deep.equal([]);
  });

  it('tells its reason in the event and in the result', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const { execution: running } = await startedBlocker(engine);
    const waiting = engine.execute({ command: exec('true') });
    for (const run of [waiting, running]) {
      const events = collect(run.events$);
      engine.cancel(run.id, 'the user left');
      const { error } = await run.result;
      expect(error).to.deep.equal({ code: 'CANCELLED', message: 'the user left' });
      expect(ofType(await events.done, 'cancelled')[0]?.reason).to.equal('the user left');
    }
  });

  it('keeps the reason of the first of two', async () => {
    const engine = makeEngine();
    const { execution } = await startedBlocker(engine);
    execution.cancel('first');
    execution.cancel('second');
    expect((await execution.result).error?.message).to.equal('first');
  });

  it('that finds its execution gone before it is handled becomes a dead letter', async () => {
    const engine = makeEngine();
    const letters = collect<DeadLetter>(engine.deadLetters$);
    const run = engine.execute({ command: exec('true') });
    run.cancel();
    run.cancel();
    await run.result;
    await eventually('the letter is reported', () => letters.values.length > 0);
    expect(letters.values[0]).to.deep.include({ message: 'cancel', executionId: run.id });
    expect(letters.values[0]?.reason).to.include('already ended');
  });

  it('throws NotFoundError for an unknown id and NotRunningError after the end', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('true') });
    await run.result;
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(thrownBy(() => engine.cancel(unknown))).to.be.instanceOf(NotFoundError);
    expect(thrownBy(() => engine.cancel(run.id))).to.be.instanceOf(NotRunningError);
    expect(thrownBy(() => run.cancel())).to.be.instanceOf(NotRunningError);
    expect(await rejectionOf(engine.wait(unknown))).to.be.instanceOf(NotFoundError);
  });

  it('gives the slot to the next in line', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const { execution } = await startedBlocker(engine);
    const next = engine.execute({ command: exec('true') });
    execution.cancel();
    expect((await next.result).status).to.equal('completed');
  });

  it('keeps what the process had written', async () => {
    const run = makeEngine().execute({ command: shell('echo so far; sleep 600') });
    const lines = collect(run.stdout$);
    await eventually('it has written', () => lines.values.length === 1);
    run.cancel();
    expect((await run.result).stdout).to.equal('so far\n');
  });
});

describe('cancelAll', () => {
  const makeEngine = useEngines();

  it('ends what runs and what waits, and says how many', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 2 });
    const done = await engine.run({ command: exec('true') });
    const runs = Array.from({ length: 5 }, () => engine.execute({ command: exec('sleep', '600') }));
    await eventually('two run', () => engine.listExecutions({ status: 'running' }).length === 2);
    expect(engine.cancelAll('closing time')).to.equal(5);
    expect(engine.cancelAll('again')).to.equal(0); // they have been told
    for (const { status, error } of await Promise.all(runs.map(({ result }) => result))) {
      expect([status, error?.message]).to.deep.equal(['cancelled', 'closing time']);
    }
    expect(engine.getStatus(done.id)).to.equal('completed');
    expect(engine.cancelAll()).to.equal(0);
    expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
  });
});

describe('cancel, racing with everything else,', () => {
  const makeEngine = useEngines();

  it('leaves one terminal event, in agreement with the result, and nothing after it', async () => {
    const seed = raceSeed();
    const random = seededRandom(seed);
    const engine = makeEngine({ maxConcurrentExecutions: 4 });
    await engine.ready();
    const all = collect(engine.events$);
    const runs = Array.from({ length: 60 }, () => {
      const command = random() < 0.5 ? exec('true') : exec('sleep', '0.02');
      const run = engine.execute({ command, timeoutMs: 1 + Math.floor(random() * 60) });
      if (random() < 0.7) setTimeout(() => unlessEnded(() => run.cancel('race')), random() * 200);
      return run;
    });
    const results = await Promise.all(runs.map(({ result }) => result));
    await engine.stop();
    for (const [index, run] of runs.entries()) {
      const types = typesOf(all.values.filter(({ executionId }) => executionId === run.id));
      const terminal = types.filter((type) => ['completed', 'failed', 'cancelled', 'timeout'].includes(type));
      expect(terminal, `seed ${seed}, execution ${index}: ${types}`).to.deep.equal([results[index]?.status]);
      expect(types.at(-1)).to.equal(terminal[0]);
      expect(types[0]).to.equal('queued');
    }
    expect(engine.getStats()).to.include({ total: 60, pending: 0, running: 0 });
  });

  /** The execution may have ended before the cancel: that is the only thing it may say. */
  function unlessEnded(call: () => void): void {
    try {
      call();
    } catch (error) {
      expect(error).to.be.instanceOf(NotRunningError);
    }
  }
});
