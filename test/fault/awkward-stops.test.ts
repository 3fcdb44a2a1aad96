import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { exec } from 'execrx';
import { eventually } from '../support/eventually.js';
import { runApp } from '../support/fault/app.js';
import { FAULTS, FAULTY_WORKER } from '../support/fault/faulty-worker.js';
import { seededRandom } from '../support/fault/random.js';
import { type Rig, withEngine } from '../support/fault/rig.js';

describe('stop() at an awkward moment of the worker threads', () => {
  it('ends at once when it comes before any thread was wanted', async () => {
    await withEngine({}, ({ engine }) => engine.stop());
  });

  it('ends work submitted in the same turn without a process having been started', async () => {
    await withEngine({ workerThreads: 4 }, async ({ engine }) => {
      const runs = Array.from({ length: 8 }, () => engine.execute({ command: exec('sleep', '60') }));
      await engine.stop();
      for (const { result } of runs) {
        const { error, startedAt, attempts } = await result;
        expect({ code: error?.code, startedAt, attempts }).to.deep.equal({
          code: 'ENGINE_STOPPED',
          startedAt: null,
          attempts: 0,
        });
      }
    });
  });

  it('comes to its end whenever it comes while threads start', async () => {
    const random = seededRandom('stop while threads start');
    for (let round = 0; round < 12; round++) {
      await withEngine({ workerThreads: 3 }, async ({ engine, processes }) => {
        const ready = engine.ready().then(
          () => 'ready',
          ({ code }) => code,
        );
        const run = engine.execute({ command: exec('sleep', '60') });
        await pause(random.below(250));
        await engine.stop();
        expect(await ready).to.be.oneOf(['ready', 'ENGINE_STOPPED']);
        expect((await run.result).error?.code).to.equal('ENGINE_STOPPED');
        expect(processes()).to.deep.equal([]);
      });
    }
  }).timeout(60_000);

  it('comes to its end while a lost thread waits to be started again', async () => {
    await withEngine(
      {},
      async ({ engine }) => {
        for (let losses = 0; losses < 4; losses++) await engine.run({ command: exec(FAULTS.exit) });
        const run = engine.execute({ command: exec('true') }); // the seat is in its backoff
        const startedAt = performance.now();
        await engine.stop();
        expect(performance.now() - startedAt).to.be.below(300);
        expect((await run.result).error?.code).to.equal('ENGINE_STOPPED');
      },
      { workerEntry: FAULTY_WORKER },
    );
  });

  it('leaves no timer behind, and the loss of threads does not end an app that waits for nothing else', async () => {
    const { exitCode, stdout, stderr } = await runApp('lonely');
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const lost = ['WORKER_LOST', 'WORKER_LOST', 'WORKER_LOST', 'WORKER_LOST'];
    expect(JSON.parse(stdout)).to.deep.equal({ codes: [...lost, 'ENGINE_STOPPED'], kept: [] });
  });

  it('takes its exit hooks with it when no other engine needs them', async () => {
    const { stdout, stderr } = await runApp('exit-hooks');
    expect(stderr).to.equal('');
    const [before, during, withOneLeft, after] = JSON.parse(stdout);
    expect(during).to.not.equal(before);
    expect(withOneLeft).to.equal(during);
    expect(after).to.equal(before);
  });

  it('completes every stream, and those subscribed to later, once', async () => {
    await withEngine({}, async ({ engine }) => {
      const run = engine.execute({ command: exec('sleep', '60') });
      const completed: string[] = [];
      const streams = { ...pick(engine), runEvents$: run.events$, output$: run.output$ };
      for (const [name, stream$] of Object.entries(streams)) {
        (stream$ as typeof run.events$).subscribe({ complete: () => completed.push(name) });
      }
      await eventually('it runs', () => run.status === 'running');
      await engine.stop();
      for (const [name, stream$] of Object.entries(streams)) {
        (stream$ as typeof run.events$).subscribe({ complete: () => completed.push(name) });
      }
      expect(completed.sort()).to.deep.equal([...Object.keys(streams), ...Object.keys(streams)].sort());
    });
  });
});

function pick({ events$, stats$, concurrency$, health$, deadLetters$ }: Rig['engine']) {
  return { events$, stats$, concurrency$, health$, deadLetters$ };
}
