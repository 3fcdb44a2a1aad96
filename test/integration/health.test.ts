import { expect } from 'chai';
import { EngineStoppedError, exec } from 'execrx';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { rejectionOf } from '../support/rejection.js';

describe('health$', () => {
  const makeEngine = useEngines();

  it('tells the state at once, then every change until the engine has stopped', async () => {
    const engine = makeEngine({ workerThreads: 2 });
    const seen = collect(engine.health$);
    expect(seen.values).to.deep.equal([
      {
        status: 'starting',
        reason: null,
        workers: { configured: 2, ready: 0, starting: 0 },
        restarts: 0,
        spawner: null,
        spawnerReason: null,
      },
    ]);
    await engine.ready();
    expect(collect(engine.health$).values[0]).to.deep.include({
      status: 'healthy',
      workers: { configured: 2, ready: 2, starting: 0 },
    });
    await engine.stop();
    expect(seen.completed).to.equal(true);
    const statuses = seen.values.map(({ status }) => status);
    const changes = statuses.filter((status, index) => status !== statuses[index - 1]);
    expect(changes).to.deep.equal(['starting', 'healthy', 'stopping', 'stopped']);
  });
});

describe('ready', () => {
  const makeEngine = useEngines();

  it('resolves when the threads are up, as often as it is asked', async () => {
    const engine = makeEngine({ workerThreads: 2 });
    await Promise.all([engine.ready(), engine.ready()]);
    await engine.ready();
    expect(collect(engine.health$).values[0]?.workers.ready).to.equal(2);
  });

  it('is optional', async () => {
    expect((await makeEngine().run({ command: exec('echo', 'cold') })).stdout).to.equal('cold\n');
  });

  it('rejects with EngineStoppedError when the engine stops before, or has stopped', async () => {
    const engine = makeEngine();
    const early = rejectionOf(engine.ready());
    const stopped = engine.stop();
    expect(await early).to.be.instanceOf(EngineStoppedError);
    await stopped;
    expect(await rejectionOf(engine.ready())).to.be.instanceOf(EngineStoppedError);
  });
});
