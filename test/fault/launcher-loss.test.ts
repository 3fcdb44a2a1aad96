import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { firstValueFrom } from 'rxjs';
import { eventually } from '../support/eventually.js';
import { isReady, launchersOf, zombiesOf } from '../support/fault/launchers.js';
import { withEngine } from '../support/fault/rig.js';

describe('a launcher that is killed', () => {
  it('ends what it had started once as LAUNCHER_LOST, leaves nothing of it, and the queue drains', async function () {
    this.timeout(60_000);
    await withEngine({ spawner: 'launcher', maxConcurrentExecutions: 16 }, async ({ engine, processes, journal }) => {
      await engine.ready();
      let previous = -1;
      for (let losses = 0; losses < 10; losses++) {
        const sleepers = Array.from({ length: 8 }, () =>
          engine.execute({ command: shell('sleep 600 & echo up; wait') }),
        );
        const short = Array.from({ length: 40 }, (_, i) => engine.run({ command: shell(`echo a; exit ${i % 2}`) }));
        await Promise.all(sleepers.map(({ stdout$ }) => firstValueFrom(stdout$)));
        const [launcher = -1] = launchersOf();
        expect(launcher).to.not.equal(previous);
        previous = launcher;
        process.kill(launcher, 'SIGKILL');
        for (const { status, error } of await Promise.all(sleepers.map(({ result }) => result))) {
          expect({ status, code: error?.code }).to.deep.equal({ status: 'failed', code: 'LAUNCHER_LOST' });
        }
        for (const { error, exitCode } of await Promise.all(short)) {
          expect(error?.code ?? exitCode).to.be.oneOf([0, 'EXIT_NON_ZERO', 'LAUNCHER_LOST']);
        }
        await eventually('nothing is left of it', () => processes().length === 0);
      }
      journal.expectSound();
    });
  });

  it('does not take back an exit that it had reported', async () => {
    await withEngine({ spawner: 'launcher' }, async ({ engine }) => {
      await engine.ready();
      // The descendant holds the pipe, so the end of the execution is still to come when the launcher goes.
      const run = engine.execute({ command: shell('sleep 600 & echo up; exit 3') });
      await firstValueFrom(run.stdout$);
      const pid = engine.listExecutions()[0]?.pid as number;
      await eventually('it is reaped', () => !hasProcess(pid));
      const bystander = engine.execute({ command: shell('echo up; exec sleep 600') });
      await firstValueFrom(bystander.stdout$);
      const [launcher = -1] = launchersOf();
      process.kill(launcher, 'SIGKILL');
      expect((await bystander.result).error?.code).to.equal('LAUNCHER_LOST');
      const { exitCode, error } = await run.result;
      expect({ exitCode, code: error?.code }).to.deep.equal({ exitCode: 3, code: 'EXIT_NON_ZERO' });
    });
  });

  it('does not have its executions run again, whatever their retry policy says', async () => {
    await withEngine({ spawner: 'launcher' }, async ({ engine }) => {
      const retry = { attempts: 5, backoffMs: 1 };
      const run = engine.execute({ command: shell('echo up; exec sleep 600'), retry });
      await firstValueFrom(run.stdout$);
      const [launcher = -1] = launchersOf();
      process.kill(launcher, 'SIGKILL');
      const { attempts, error } = await run.result;
      expect({ attempts, code: error?.code }).to.deep.equal({ attempts: 1, code: 'LAUNCHER_LOST' });
    });
  });
});

describe('a launcher that is stopped with SIGSTOP', () => {
  async function stopLauncher(): Promise<number> {
    await eventually('a launcher is ready', () => launchersOf().some(isReady));
    const [launcher = -1] = launchersOf();
    process.kill(launcher, 'SIGSTOP');
    return launcher;
  }

  it('keeps no cancel and no time-out from settling', async () => {
    await withEngine({ spawner: 'launcher', killGraceMs: 300 }, async ({ engine }) => {
      const command = shell('trap "" TERM; echo up; while :; do sleep 1; done');
      const cancelled = engine.execute({ command });
      const late = engine.execute({ command, timeoutMs: 1_000 });
      await Promise.all([cancelled, late].map(({ stdout$ }) => firstValueFrom(stdout$)));
      const launcher = await stopLauncher();
      const since = performance.now();
      cancelled.cancel();
      expect((await cancelled.result).error?.code).to.equal('CANCELLED');
      expect((await late.result).error?.code).to.equal('TIMEOUT');
      expect(performance.now() - since).to.be.below(6_000);
      process.kill(launcher, 'SIGCONT');
    });
  });

  it('has a start that it does not answer given up on cancel', async () => {
    await withEngine({ spawner: 'launcher' }, async ({ engine, processes }) => {
      await engine.ready();
      const launcher = await stopLauncher();
      const run = engine.execute({ command: exec('sleep', '600') });
      setTimeout(() => run.cancel(), 50);
      const since = performance.now();
      const { status, pid } = await run.result;
      expect({ status, pid }).to.deep.equal({ status: 'cancelled', pid: null });
      expect(performance.now() - since).to.be.below(3_000);
      process.kill(launcher, 'SIGCONT');
      await engine.run({ command: exec('true') }); // the launcher has come to the request by now
      await eventually('what came too late is gone', () => processes().length === 0);
    });
  });

  it('is killed and replaced when it has not answered a request for ten seconds', async function () {
    this.timeout(40_000);
    await withEngine({ spawner: 'launcher' }, async ({ engine }) => {
      await engine.ready();
      const launcher = await stopLauncher();
      const { status, error } = await engine.run({ command: exec('true') });
      expect({ status, code: error?.code }).to.deep.equal({ status: 'failed', code: 'LAUNCHER_LOST' });
      expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
      expect(launchersOf()).to.have.lengthOf(1).and.not.include(launcher);
    });
  });

  it('keeps no stop() from ending, and is gone with it', async () => {
    await withEngine({ spawner: 'launcher', killGraceMs: 100 }, async ({ engine, processes }) => {
      const run = engine.execute({ command: shell('echo up; exec sleep 600') });
      await firstValueFrom(run.stdout$);
      const launcher = await stopLauncher();
      const since = performance.now();
      await engine.stop();
      expect(performance.now() - since).to.be.below(8_000);
      expect((await run.result).status).to.equal('cancelled');
      expect(launchersOf()).to.deep.equal([]);
      expect(zombiesOf()).to.not.include(launcher);
      expect(processes()).to.deep.equal([]);
    });
  });
});

describe('an engine that is stopped', () => {
  it('leaves no launcher and no zombie, at work or just started', async () => {
    for (const ready of [true, false]) {
      const before = zombiesOf();
      await withEngine({ spawner: 'launcher', workerThreads: 2, killGraceMs: 100 }, async ({ engine }) => {
        if (ready) await engine.ready();
        const runs = Array.from({ length: 8 }, () => engine.execute({ command: exec('sleep', '600') }));
        if (ready) await eventually('all run', () => runs.every(({ status }) => status === 'running'));
        else await eventually('launchers start', () => launchersOf().length > 0);
        await engine.stop();
        await eventually(
          `no launcher is left (${ready ? 'at work' : 'just started'})`,
          () => launchersOf().length === 0,
          1_000,
        );
        await eventually(
          `no zombie is left (${ready ? 'at work' : 'just started'})`,
          () => zombiesOf().every((pid) => before.includes(pid)),
          1_000,
        );
      });
    }
  });
});

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
