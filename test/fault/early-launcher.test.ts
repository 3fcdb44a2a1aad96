import { expect } from 'chai';
import type { EngineConfig, EngineHealth } from 'execrx';
import { firstValueFrom } from 'rxjs';
import { startLauncherEarly, takeLauncher } from '#lib/actors/worker/spawner/launcher-start.js';
import { eventually } from '../support/eventually.js';
import { withFirstLaunchersLost } from '../support/fault/changed-package.js';
import { launchersOf, zombiesOf } from '../support/fault/launchers.js';

const surroundings = { environment: { PATH: process.env.PATH ?? '' }, directory: null };

async function end({ child, exited }: ReturnType<typeof takeLauncher>): Promise<string> {
  child.kill('SIGKILL');
  return exited;
}

/** What an engine gives whose first `losses` launchers are lost before they are ready, and how many it started. */
async function afterLosses(losses: number, spawner: EngineConfig['spawner']) {
  const zombies = zombiesOf(); // of threads that other tests have lost
  const seen = { stdout: '', health: {} as Partial<EngineHealth>, starts: 0 };
  await withFirstLaunchersLost(losses, async ({ createEngine, exec }, starts) => {
    const engine = createEngine({ spawner, workerThreads: 1, logOutput: false });
    try {
      seen.stdout = (await engine.run({ command: exec('echo', 'fine') })).stdout;
      seen.health = await firstValueFrom(engine.health$);
      seen.starts = starts();
    } finally {
      await engine.stop();
    }
  });
  expect(launchersOf()).to.deep.equal([]);
  expect(zombiesOf()).to.deep.equal(zombies);
  return seen;
}

describe('a launcher that was started before anybody asked for one', () => {
  it('is given to the first who asks, and to nobody else', async () => {
    startLauncherEarly(surroundings);
    const [early] = launchersOf();
    const [first, second] = [takeLauncher(surroundings), takeLauncher(surroundings)];
    expect(first.child.pid).to.equal(early);
    expect(second.child.pid).not.to.equal(early);
    expect(await end(first)).to.equal('killed by SIGKILL');
    expect(await end(second)).to.equal('killed by SIGKILL');
  });

  it('tells how it ended also to one who asks later', async () => {
    const { execPath } = process;
    process.execPath = '/no/such/node';
    startLauncherEarly(surroundings);
    process.execPath = execPath;
    await eventually('it is known that it did not start', () => launchersOf().length === 0);
    expect(await takeLauncher(surroundings).exited).to.match(/ENOENT/);
  });

  for (const spawner of ['launcher', 'auto'] as const) {
    it(`is replaced when it is lost before it is ready, and the work that waited runs (${spawner})`, async () => {
      const { stdout, health, starts } = await afterLosses(1, spawner);
      expect({ stdout, starts }).to.deep.equal({ stdout: 'fine\n', starts: 2 });
      expect(health).to.include({ spawner: 'launcher', restarts: 0 });
    });
  }

  it('gives way to the thread when the second is lost as well', async () => {
    const { stdout, health, starts } = await afterLosses(2, 'auto');
    expect({ stdout, starts }).to.deep.equal({ stdout: 'fine\n', starts: 2 });
    expect(health.spawner).to.equal('thread');
    expect(health.spawnerReason).to.include('killed by SIGKILL');
  });
});
