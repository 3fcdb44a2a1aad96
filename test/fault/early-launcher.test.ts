import { expect } from 'chai';
import { exec } from 'execrx';
import { startLauncherEarly, takeLauncher } from '#lib/actors/worker/spawner/launcher-start.js';
import { eventually } from '../support/eventually.js';
import { isReady, launchersOf, zombiesOf } from '../support/fault/launchers.js';
import { withEngine } from '../support/fault/rig.js';

const surroundings = { environment: { PATH: process.env.PATH ?? '' }, directory: null };

async function end({ child, exited }: ReturnType<typeof takeLauncher>): Promise<string> {
  child.kill('SIGKILL');
  return exited;
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
    startLauncherEarly({ ...surroundings, directory: '/nonexistent' });
    await eventually('it is known that it did not start', () => launchersOf().length === 0);
    expect(await takeLauncher(surroundings).exited).to.match(/ENOENT/);
  });

  it('is replaced when it is lost before the worker has taken it, and the work that waited runs', async () => {
    await withEngine({ spawner: 'launcher', workerThreads: 1 }, async ({ engine }) => {
      const run = engine.run({ command: exec('echo', 'fine') });
      let killed: number | undefined;
      while (killed === undefined) {
        await new Promise(setImmediate);
        killed = launchersOf().find((launcher) => !isReady(launcher));
      }
      process.kill(killed, 'SIGKILL');
      expect((await run).stdout).to.equal('fine\n');
      expect(launchersOf()).not.to.include(killed);
    });
    expect(launchersOf()).to.deep.equal([]);
    expect(zombiesOf()).to.deep.equal([]);
  });
});
