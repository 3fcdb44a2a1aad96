import { expect } from 'chai';
import { exec, NotFinishedError, NotFoundError, ValidationError } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { rejectionOf, thrownBy } from '../support/rejection.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('queries', () => {
  const makeEngine = useEngines();

  it('tell the status from the submission to the end', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const { execution, release } = await startedBlocker(engine);
    const waiting = engine.execute({ command: exec('true') });
    expect([engine.getStatus(execution.id), engine.getStatus(waiting.id)]).to.deep.equal(['running', 'pending']);
    expect(thrownBy(() => engine.getResult(execution.id))).to.be.instanceOf(NotFinishedError);
    expect(thrownBy(() => engine.getResult(waiting.id))).to.be.instanceOf(NotFinishedError);
    release();
    expect(await engine.wait(waiting.id)).to.equal(engine.getResult(waiting.id));
    expect(engine.getStatus(waiting.id)).to.equal('completed');
  });

  it('about an id nobody knows end in NotFoundError', async () => {
    const engine = makeEngine();
    expect(thrownBy(() => engine.getStatus(UNKNOWN))).to.be.instanceOf(NotFoundError);
    expect(thrownBy(() => engine.getResult(UNKNOWN))).to.be.instanceOf(NotFoundError);
    expect(thrownBy(() => engine.removeExecution(UNKNOWN))).to.be.instanceOf(NotFoundError);
    expect(await rejectionOf(engine.wait(UNKNOWN))).to.be.instanceOf(NotFoundError);
    expect(await rejectionOf(engine.readLogs(UNKNOWN))).to.be.instanceOf(NotFoundError);
  });

  it('go on being answered after stop', async () => {
    const engine = makeEngine();
    const { id } = await engine.run({ command: exec('echo', 'hi') });
    await engine.stop();
    expect(engine.getStatus(id)).to.equal('completed');
    expect(engine.getResult(id).stdout).to.equal('hi\n');
    expect(await engine.readLogs(id)).to.equal('hi\n');
    expect(engine.getStats()).to.include({ total: 1, completed: 1 });
  });
});

describe('listExecutions', () => {
  const makeEngine = useEngines();

  it('lists newest first, with what there is to know of each', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const command = exec('echo', 'hi');
    const done = await engine.run({ command, priority: 3, metadata: { tags: { kind: 'greeting' } } });
    const { execution: running } = await startedBlocker(engine);
    const waiting = engine.execute({ command: exec('true') });
    const [third, second, first] = engine.listExecutions();
    expect([third?.id, second?.id, first?.id]).to.deep.equal([waiting.id, running.id, done.id]);
    expect(first).to.deep.equal({
      id: done.id,
      status: 'completed',
      command,
      planId: null,
      tags: { kind: 'greeting' },
      priority: 3,
      attempt: 1,
      pid: done.pid,
      queuedAt: done.queuedAt,
      startedAt: done.startedAt,
      completedAt: done.completedAt,
    });
    expect(second).to.include({ status: 'running', completedAt: null });
    expect(third).to.include({ status: 'pending', pid: null, startedAt: null, completedAt: null });
  });

  it('filters by status, by tags and by number, together', async () => {
    const engine = makeEngine();
    const start = (program: string, tags?: Record<string, string>) =>
      engine.execute({ command: exec(program), ...(tags ? { metadata: { tags } } : {}) });
    const runs = [
      start('true', { team: 'a', env: 'dev' }),
      start('false', { team: 'a' }),
      start('true', { team: 'b' }),
      start('true'),
      start('true', { team: 'a' }),
    ];
    await Promise.all(runs.map(({ result }) => result));
    const indices = (filter: Parameters<typeof engine.listExecutions>[0]) =>
      engine.listExecutions(filter).map(({ id }) => runs.findIndex((run) => run.id === id));
    expect(indices({})).to.deep.equal([4, 3, 2, 1, 0]);
    expect(indices({ status: 'failed' })).to.deep.equal([1]);
    expect(indices({ status: ['failed', 'completed'] })).to.have.length(5);
    expect(indices({ status: [] })).to.deep.equal([]);
    expect(indices({ tags: { team: 'a' } })).to.deep.equal([4, 1, 0]);
    expect(indices({ tags: { team: 'a', env: 'dev' } })).to.deep.equal([0]);
    expect(indices({ status: 'completed', tags: { team: 'a' }, limit: 1 })).to.deep.equal([4]);
    expect(indices({ limit: 2 })).to.deep.equal([4, 3]);
    expect(indices({ limit: 0 })).to.deep.equal([]);
    expect(indices({ planId: UNKNOWN })).to.deep.equal([]);
  });

  it('refuses a filter that could match nothing, and says what it does not know', () => {
    const engine = makeEngine();
    const refused: Array<[filter: unknown, says: RegExp]> = [
      [{ limit: -1 }, /limit: expected a whole number from 0, got -1/],
      [{ limit: 1.5 }, /limit: /],
      [{ state: 'running' }, /state: expected no such field/],
      [{ status: 'runing' }, /status: expected one of 'pending'.* got 'runing/],
      [{ status: ['failed', 7] }, /status/],
      [{ tags: { a: 1 } }, /tags.a: expected a string/],
      ['running', /expected an object such as/],
      [null, /expected an object such as/],
    ];
    for (const [filter, says] of refused) {
      const error = thrownBy(() => engine.listExecutions(filter as never));
      expect(error).to.be.instanceOf(ValidationError);
      expect((error as ValidationError).message).to.match(says);
    }
  });
});
