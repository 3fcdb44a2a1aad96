import { expect } from 'chai';
import { exec } from 'execrx';
import { firstValueFrom } from 'rxjs';
import { startLauncherEarly, takeLauncher } from '#lib/actors/worker/spawner/launcher-start.js';
import { eventually } from '../support/eventually.js';
import { isReady, launchersOf, zombiesOf } from '../support/fault/launchers.js';
import { withEngine } from '../support/fault/rig.js';

const surroundings = { environment: { PATH: process.env.PATH ?? '' }, directory: null };

async function end({ child, exited }: ReturnType<typeof takeLauncher>): Promise<string> {
  child.kill('SIGKILL');
  return exited;
}

/** The next one that is found before it is ready and has not been killed. */
async function startingLauncher(): Promise<number> {
  for (;;) {
    await new Promise(setImmediate);
    const zombies = zombiesOf();
    const found = launchersOf().find((launcher) => !isReady(launcher) && !zombies.includes(launcher));
    if (found !== undefined) return found;
  }
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
      await withEngine({ spawner, workerThreads: 1 }, async ({ engine }) => {
        const run = engine.run({ command: exec('echo', 'fine') });
        const killed = await startingLauncher();
        process.kill(killed, 'SIGKILL');
        expect((await run).stdout).to.equal('fine\n');
        expect(launchersOf()).not.to.include(killed);
        const { spawner: used, restarts } = await firstValueFrom(engine.health$);
        expect({ used, restarts }).to.deep.equal({ used: 'launcher', restarts: 0 });
      });
      expect(launchersOf()).to.deep.equal([]);
      expect(zombiesOf()).to.deep.equal([]);
    });
  }

  it('gives way to the thread when the second is lost as well', async () => {
    await withEngine({ spawner: 'auto', workerThreads: 1 }, async ({ engine }) => {
      const run = engine.run({ command: exec('echo', 'fine') });
      for (let losses = 0; losses < 2; losses++) process.kill(await startingLauncher(), 'SIGKILL');
      expect((await run).stdout).to.equal('fine\n');
      const { spawner: used, spawnerReason } = await firstValueFrom(engine.health$);
      expect(used).to.equal('thread');
      expect(spawnerReason).to.include('killed by SIGKILL');
    });
  });
});
