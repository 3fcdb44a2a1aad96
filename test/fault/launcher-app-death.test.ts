import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { eventually } from '../support/eventually.js';
import { withApp } from '../support/fault/app.js';
import { launchersOf } from '../support/fault/launchers.js';
import { processesMarked } from '../support/fault/processes.js';
import { isRunning } from '../support/proc.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

const TREES = 200;
/** Leader, child, grandchild, one in a session of its own, one whose parent is gone. */
const PROCESSES = 5;

describe('an app that is killed with SIGKILL', () => {
  const path = useTemporaryDirectory();

  it('leaves nothing alive of two hundred scattered trees a second later, nor its launchers', async function () {
    this.timeout(60_000);
    await withApp('scattered-trees', [String(TREES)], async ({ pid, mark, said }) => {
      await eventually('all trees run', () => said('up'), 40_000);
      const launchers = launchersOf(pid);
      expect(launchers).to.have.lengthOf(2);
      expect(processesMarked(mark).length).to.be.at.least(TREES * PROCESSES);
      process.kill(pid, 'SIGKILL');
      await eventually('nothing of it is alive', () => processesMarked(mark).length === 0, 1_000);
      await eventually('its launchers are gone', () => !launchers.some(isRunning), 500);
    });
  });

  it('has its launcher begin nothing more of a batch', async () => {
    const file = path('begun');
    const begun = () => (existsSync(file) ? readFileSync(file, 'utf8').length : 0);
    await withApp('batch', [file], async ({ pid, mark }) => {
      await eventually('it is in its midst', () => begun() === 3);
      const [launcher = -1] = launchersOf(pid);
      process.kill(pid, 'SIGKILL');
      await eventually('its launcher is gone', () => !isRunning(launcher), 500);
      expect({ begun: begun(), left: processesMarked(mark) }).to.deep.equal({ begun: 3, left: [] });
    });
  });
});

describe('an app that ends by itself in the midst of its work', () => {
  for (const [manner, code] of [
    ['exit', 0],
    ['throw', 1],
  ] as const) {
    it(`leaves no launcher and no process (${manner})`, async () => {
      await withApp('scattered-trees', ['12', manner], async ({ mark, said, exited, pid }) => {
        let launchers: number[] = [];
        await eventually('it works', () => {
          launchers = launchersOf(pid);
          return launchers.length === 2;
        });
        expect(await exited).to.equal(code);
        expect(said('up')).to.equal(true);
        await eventually('no process is left', () => processesMarked(mark).length === 0, 2_000);
        await eventually('no launcher is left', () => !launchers.some(isRunning), 2_000);
      });
    });
  }
});
