import { expect } from 'chai';
import { exec } from 'execrx';
import { runBatch, shellBatch, watch } from '../support/batches.js';
import { eventually } from '../support/eventually.js';
import { FAULTS, FAULTY_WORKER } from '../support/fault/faulty-worker.js';
import { launchersOf } from '../support/fault/launchers.js';
import { withEngine } from '../support/fault/rig.js';

const options = { maxConcurrentExecutions: 4, killGraceMs: 300 };
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

describe('a batch whose launcher is killed', () => {
  it('says so of every item under way, runs the others, and leaves nothing', async () => {
    await withEngine({ ...options, spawner: 'launcher' }, async ({ engine, processes }) => {
      const batch = engine.executeBatch(shellBatch('test "$0" = wait && sleep 600 & wait', 3));
      const { items, twice } = watch(batch);
      const added = batch.add(['wait', ...numbers(400), 'wait', 'wait', 'wait', ...numbers(400)]);
      await eventually('it waits', () => items.size === 400);
      const [launcher = -1] = launchersOf();
      process.kill(launcher, 'SIGKILL');
      await eventually('the rest runs', () => items.size > 650);
      await added;
      batch.end();
      const { status } = await batch.result;
      expect(status).to.equal('failed');
      const codes = [...items.values()].map(({ code }) => code);
      const lost = codes.filter((code) => code === 'LAUNCHER_LOST').length;
      expect(lost).to.be.within(4, 256 + 4);
      expect(codes.filter((code) => code !== null)).to.have.lengthOf(lost);
      expect({ told: items.size, twice }).to.deep.equal({ told: 804, twice: [] });
      await eventually('nothing is left', () => processes().length === 0);
    });
  });

  it('is not held up for ever by one that is stopped', async function () {
    this.timeout(40_000);
    await withEngine({ ...options, spawner: 'launcher' }, async ({ engine }) => {
      const batch = engine.executeBatch(shellBatch('sleep 0.1', 2));
      const { items } = watch(batch);
      void batch.add(numbers(200));
      await eventually('it runs', () => items.size > 2);
      const [launcher = -1] = launchersOf();
      process.kill(launcher, 'SIGSTOP');
      batch.cancel('enough');
      const { status } = await batch.result;
      expect(status).to.equal('cancelled');
      expect(launchersOf()).to.not.include(launcher);
    });
  });
});

describe('a batch whose worker thread is lost', () => {
  it('ends once as WORKER_LOST and leaves nothing', async () => {
    const body: Parameters<typeof withEngine>[1] = async ({ engine, processes }) => {
      const batch = engine.executeBatch(shellBatch('sleep 600 & wait', 3));
      void batch.add(numbers(20));
      await eventually('it runs', () => processes().length > 3);
      void engine.run({ command: exec(FAULTS.throw) });
      const { status, error } = await batch.result;
      expect({ status, code: error?.code }).to.deep.equal({ status: 'failed', code: 'WORKER_LOST' });
      await eventually('nothing is left', () => processes().length === 0);
    };
    await withEngine(options, body, { workerEntry: FAULTY_WORKER });
  });
});

describe('batches beside executions', () => {
  it('get through with everything else', async () => {
    await withEngine({ ...options, workerThreads: 2 }, async ({ engine }) => {
      const batches = Array.from({ length: 3 }, () => runBatch(engine, shellBatch('echo "$0"', 2), numbers(100)));
      const runs = numbers(100).map((text) => engine.run({ command: exec('echo', text) }));
      for (const { items } of await Promise.all(batches)) {
        expect([...items.entries()].map(([index, { stdout }]) => [`${index}\n`, stdout])).to.satisfy(
          (pairs: [string, string][]) => pairs.length === 100 && pairs.every(([expected, said]) => expected === said),
        );
      }
      expect((await Promise.all(runs)).map(({ stdout }) => stdout)).to.deep.equal(numbers(100).map((it) => `${it}\n`));
    });
  });
});
