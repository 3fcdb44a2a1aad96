import { expect } from 'chai';
import { type Command, type Execution, exec, shell } from 'execrx';
import { eventually } from '../support/eventually.js';
import { launchersOf } from '../support/fault/launchers.js';
import { withEngine } from '../support/fault/rig.js';
import { raceSeed, seededRandom } from '../support/random.js';

const STEPS = 1_000;

describe('starts, cancels, exits and losses of launchers in any order', () => {
  it('keep the promises about events, statistics and slots', async function () {
    this.timeout(120_000);
    const random = seededRandom(raceSeed());
    const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
    const commands: Command[] = [
      exec('true'),
      exec('no-such-program'),
      exec('sleep', '600'),
      shell('echo a; exit 3'),
      shell('echo a; echo b >&2; sleep 0.02; kill -9 $$'),
      shell('sleep 600 & echo a; sleep 0.05'),
    ];
    const options = { spawner: 'launcher', workerThreads: 2, maxConcurrentExecutions: 12, killGraceMs: 100 } as const;
    await withEngine({ ...options, drainTimeoutMs: 100 }, async ({ engine, journal }) => {
      await engine.ready();
      const live: Execution[] = [];
      let started = 0;
      for (let step = 0; step < STEPS; step++) {
        const dice = random();
        if (dice < 0.6) {
          const retry = random() < 0.3 ? { attempts: 2, backoffMs: 5 } : undefined;
          const timeoutMs = random() < 0.3 ? Math.ceil(random() * 60) : 60_000;
          live.push(engine.execute({ command: pick(commands), timeoutMs, ...(retry ? { retry } : {}) }));
          started++;
        } else if (dice < 0.985) {
          const run = pick(live);
          if (run && ['pending', 'running'].includes(run.status)) run.cancel();
        } else {
          const launcher = pick(launchersOf());
          if (launcher !== undefined) process.kill(launcher, 'SIGKILL');
        }
        if (random() < 0.4) await new Promise((resolve) => setTimeout(resolve, random() * 8));
      }
      engine.cancelAll();
      await eventually(
        'all have ended',
        () => live.every(({ status }) => status !== 'pending' && status !== 'running'),
        30_000,
      );
      await eventually('all ends are told', () => journal.open.length === 0);
      expect(journal.submitted.size).to.equal(started);
      const { total, pending, running, completed, failed, cancelled, timeout } = engine.getStats();
      expect(total).to.equal(started);
      expect(pending + running + completed + failed + cancelled + timeout).to.equal(total);
      expect({ pending, running }).to.deep.equal({ pending: 0, running: 0 });
    });
  });
});
