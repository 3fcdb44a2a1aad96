import { expect } from 'chai';
import { exec } from 'execrx';
import { firstValueFrom } from 'rxjs';
import { createSlotMemory, ProcessSlotWriter } from '#lib/actors/process/process-slots.js';
import { LauncherSpawner } from '#lib/actors/worker/spawner/launcher-spawner.js';
import { eventually } from '../support/eventually.js';
import { isReady, launchersOf } from '../support/fault/launchers.js';
import { withEngine } from '../support/fault/rig.js';
import { finish, start } from '../support/spawning.js';

/** So many losses within a minute without a single process started in between, and launchers are left alone for a while. */
const TOO_MANY_LOSSES = 6;

function otherThan(before: readonly number[]): number[] {
  return launchersOf().filter((pid) => !before.includes(pid));
}

async function loseLauncher(own: () => number[]): Promise<void> {
  await eventually('a launcher is ready', () => own().some(isReady));
  const [pid = -1] = own();
  process.kill(pid, 'SIGKILL');
  await eventually('it is reaped', () => !own().includes(pid));
}

describe('a launcher that is lost again and again before it has started anything', () => {
  it('is given up for a while, and commands end as LAUNCHER_LOST instead of hanging', async () => {
    await withEngine({ spawner: 'launcher' }, async ({ engine }) => {
      const before = launchersOf();
      await engine.ready();
      for (let losses = 0; losses < TOO_MANY_LOSSES; losses++) await loseLauncher(() => otherThan(before));
      const { status, error } = await engine.run({ command: exec('true') });
      expect({ status, code: error?.code }).to.deep.equal({ status: 'failed', code: 'LAUNCHER_LOST' });
      expect(error?.message).to.match(
        /failed 6 times within a minute, last: killed by SIGKILL|was lost: killed by SIGKILL/,
      );
      await engine.stop();
    });
  });

  it('gives way to the thread where that is allowed', async () => {
    await withEngine({ spawner: 'auto' }, async ({ engine }) => {
      const before = launchersOf();
      await engine.ready();
      for (let losses = 0; losses < TOO_MANY_LOSSES; losses++) await loseLauncher(() => otherThan(before));
      // One that is sent before the last loss has been told is lost with it.
      const echo = async () => (await engine.run({ command: exec('echo', 'fine') })).stdout === 'fine\n';
      await eventually('commands run again', echo);
      expect(otherThan(before)).to.deep.equal([]);
      const { spawner, spawnerReason } = await firstValueFrom(engine.health$);
      expect(spawner).to.equal('thread');
      expect(spawnerReason).to.match(/failed 6 times within a minute, last: killed by SIGKILL/);
    });
  });

  it('is started again at once for a command that comes when the pause is over', async () => {
    const now = Object.getOwnPropertyDescriptor(performance, 'now');
    const realNow = performance.now.bind(performance);
    const before = launchersOf();
    const slots = new ProcessSlotWriter(createSlotMemory(4));
    const lostAt: number[] = [];
    const onNotice = () => lostAt.push(performance.now());
    const surroundings = { environment: { PATH: process.env.PATH ?? '' }, directory: null };
    const spawner = await LauncherSpawner.create(slots, surroundings, { onNotice });
    let skippedMs = 0;
    performance.now = () => realNow() + skippedMs;
    try {
      for (let losses = 0; losses < TOO_MANY_LOSSES; losses++) {
        await loseLauncher(() => otherThan(before));
        skippedMs += 5_000; // else the sixth loss would be too long after the first
      }
      await eventually('it is given up', () => spawner.gaveUp !== null);
      skippedMs += (lostAt[0] ?? 0) + 60_500 - performance.now(); // the first loss has left the minute, and only that
      const { stdout } = await finish(await start(spawner, { program: 'echo', args: ['back'] }));
      expect(stdout).to.equal('back\n');
    } finally {
      await spawner.stop();
      if (now) Object.defineProperty(performance, 'now', now);
      else Reflect.deleteProperty(performance, 'now');
    }
  });
});
