import { expect } from 'chai';
import { untilPrinted, useApps } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/proc.js';
import { parseTree } from '../support/process-tree.js';
import { processesWith, untilGone } from '../support/processes.js';
import { raceSeed, seededRandom } from '../support/random.js';
import { useTempDirectories } from '../support/temporary-directory.js';

/** The pids of both process trees: leaders, children, grandchildren, and those in sessions of their own. */
function pidsOf(lines: readonly string[]): number[] {
  const { pids } = parseTree(lines.filter((line) => line !== 'ready'));
  expect(pids).to.have.length(8);
  return pids;
}

describe('when the app ends, no process outlives it:', () => {
  const startApp = useApps();
  const tempDirectory = useTempDirectories();

  it('process.exit', async () => {
    const app = startApp('app.mjs', 'exit', tempDirectory());
    expect(await app.ended).to.deep.equal({ code: 3, signal: null });
    await untilGone(pidsOf(app.lines));
  });

  it('process.exit in a signal handler of its own', async () => {
    const app = startApp('app.mjs', 'exit-in-own-handler', tempDirectory());
    await untilPrinted(app, 'ready');
    app.child.kill('SIGTERM');
    expect(await app.ended).to.deep.equal({ code: 4, signal: null });
    await untilGone(pidsOf(app.lines));
  });

  for (const [ending, message] of [
    ['throw', 'Error: uncaught'],
    ['reject', 'Error: unhandled'],
  ] as const) {
    it(`${message} that nobody catches`, async () => {
      const app = startApp('app.mjs', ending, tempDirectory());
      expect(await app.ended).to.deep.equal({ code: 1, signal: null });
      expect(app.stderr()).to.include(message);
      await untilGone(pidsOf(app.lines));
    });
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    it(signal, async () => {
      const app = startApp('app.mjs', 'wait', tempDirectory());
      await untilPrinted(app, 'ready');
      const pids = pidsOf(app.lines);
      expect(pids.every(isRunning)).to.equal(true);
      app.child.kill(signal);
      expect(await app.ended).to.deep.equal({ code: null, signal });
      await untilGone(pids);
    });
  }

  it('process.exit while threads are spawning, whenever it comes', async () => {
    const seed = raceSeed();
    const random = seededRandom(seed);
    for (let round = 0; round < 6; round++) {
      const duration = `6${Math.floor(random() * 1e8)}.${process.pid}`;
      const afterMs = String(Math.floor(random() * 120));
      const app = startApp('exit-while-spawning.mjs', duration, tempDirectory(), afterMs);
      expect((await app.ended).code, app.stderr()).to.equal(0);
      const what = `processes are gone (seed ${seed}, round ${round}, exit after ${afterMs} ms)`;
      await eventually(what, () => processesWith(duration).length === 0, 3_000);
    }
  });
});

describe('an engine that was not stopped', () => {
  const startApp = useApps();
  const tempDirectory = useTempDirectories();

  for (const use of ['made', 'ready', 'used']) {
    it(`does not keep the app alive when idle: ${use}`, async () => {
      const app = startApp('idle-app.mjs', use, tempDirectory());
      await eventually(`the app ends; ${app.stderr()}`, () => app.child.exitCode !== null);
      expect((await app.ended).code, app.stderr()).to.equal(0);
      expect(app.lines).to.deep.equal(use === 'used' ? ['completed'] : []);
    });
  }

  it('keeps it alive while something runs, and no longer', async () => {
    const app = startApp('idle-app.mjs', 'running', tempDirectory());
    expect((await app.ended).code, app.stderr()).to.equal(0);
    expect(app.lines).to.deep.equal(['queued', 'started', 'completed']);
  });

  it('keeps it alive while something waits to be tried again', async () => {
    const app = startApp('idle-app.mjs', 'waiting', tempDirectory());
    expect((await app.ended).code, app.stderr()).to.equal(0);
    expect(app.lines).to.deep.equal(['queued', 'started', 'retrying', 'started', 'failed']);
  });
});
