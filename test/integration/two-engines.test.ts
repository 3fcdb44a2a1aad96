import { expect } from 'chai';
import { EngineStoppedError, exec, NotFoundError } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

describe('two engines in one app', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  it('share no executions, events, statistics, nor slots', async () => {
    const [one, two] = [makeEngine({ maxConcurrentExecutions: 1 }), makeEngine({ maxConcurrentExecutions: 3 })];
    const events = collect(two.events$);
    const stats = collect(two.stats$);
    const { execution, release } = await startedBlocker(one);
    expect(thrownBy(() => two.getStatus(execution.id))).to.be.instanceOf(NotFoundError);
    expect(two.getConcurrencyMetrics()).to.include({ maxConcurrent: 3, availableSlots: 3 });
    const result = await two.run({ command: exec('true') });
    expect(result.status).to.equal('completed');
    expect(events.values.map(({ executionId }) => executionId)).to.deep.equal(Array(3).fill(result.id));
    expect(stats.values.at(-1)?.total).to.equal(1);
    expect(one.getStats().total).to.equal(1);
    release();
    await execution.result;
  });

  it("know nothing of each other's ids, and may use the same", async () => {
    const [one, two] = [makeEngine(), makeEngine()];
    const id = '44444444-4444-4444-8444-444444444444';
    const [a, b] = await Promise.all([
      one.run({ id, command: exec('echo', 'one') }),
      two.run({ id, command: exec('echo', 'two') }),
    ]);
    expect([a.stdout, b.stdout]).to.deep.equal(['one\n', 'two\n']);
  });

  it('end separately: one goes on, with its processes, when the other stops', async () => {
    const [one, two] = [makeEngine(), makeEngine()];
    const { execution, release } = await startedBlocker(two);
    await startedBlocker(one);
    await one.stop();
    expect(thrownBy(() => one.execute({ command: exec('true') }))).to.be.instanceOf(EngineStoppedError);
    expect(execution.status).to.equal('running');
    expect((await two.run({ command: exec('true') })).status).to.equal('completed');
    release();
    expect((await execution.result).status).to.equal('completed');
  });

  it('may share a log directory', async () => {
    const logDir = tempDirectory();
    const [one, two] = [makeEngine({ logDir }), makeEngine({ logDir })];
    const [a, b] = await Promise.all([
      one.run({ command: exec('echo', 'one') }),
      two.run({ command: exec('echo', 'two') }),
    ]);
    expect([await one.readLogs(a.id), await two.readLogs(b.id)]).to.deep.equal(['one\n', 'two\n']);
  });
});
