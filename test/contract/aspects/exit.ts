import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { systemClock } from '#lib/actors/kernel/clock.js';
import { finish } from '../../support/spawning.js';
import { type SpawnerUnderTest } from '../spawner-under-test.js';

export function describeExit(under: SpawnerUnderTest): void {
  const { sh, runSh } = under;

  describe('the exit', () => {
    for (const code of [0, 1, 127, 130, 255]) {
      it(`is told with the exact code ${code}, and no signal`, async () => {
        const { exit } = await runSh(`exit ${code}`);
        expect([exit.exitCode, exit.signal]).to.deep.equal([code, null]);
      });
    }

    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGABRT', 'SIGUSR2'] as const) {
      it(`is told with the exact signal ${signal}, and no code`, async () => {
        const { exit } = await runSh(`kill -${signal.slice(3)} $$`);
        expect([exit.exitCode, exit.signal]).to.deep.equal([null, signal]);
      });
    }

    it('is told once', async () => {
      const shell = await sh('exit 3');
      await finish(shell);
      await shell.outputEnded;
      expect(shell.exits).to.have.lengthOf(1);
    });

    it('is told at once to a listener that comes late', async () => {
      const shell = await sh('exit 3');
      await finish(shell);
      let told: number | null = null;
      shell.process.onExit(({ exitCode }) => {
        told = exitCode;
      });
      expect(told).to.equal(3);
    });

    it('is told while a descendant still holds the pipes', async () => {
      const shell = await sh('sleep 60 & exit 4');
      const exit = await shell.exited;
      expect(exit.exitCode).to.equal(4);
    });

    it('is told with when the process was started, and had ended if that was known already', async () => {
      const before = systemClock.monotonicMs();
      const { process, exited } = await sh('exit 0');
      await exited;
      expect(process.startedMs).to.be.within(before, systemClock.monotonicMs());
      if (process.endedMs !== null) expect(process.endedMs).to.be.within(process.startedMs, systemClock.monotonicMs());
      expect((await sh('sleep 60')).process.endedMs).to.equal(null);
    });

    it('leaves no zombie', async () => {
      const { process, exited } = await sh('exit 0');
      await exited;
      expect(() => readFileSync(`/proc/${process.pid}/stat`)).to.throw(/ENOENT|ESRCH/);
    });
  });
}
