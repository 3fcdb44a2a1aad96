import { expect } from 'chai';
import { type EngineConfig, type Execution, type ExecutionEngine, exec, shell } from 'execrx';
import { filter, firstValueFrom, map, take, toArray } from 'rxjs';
import { eventually } from '../support/eventually.js';
import { FAULTS, FAULTY_WORKER } from '../support/fault/faulty-worker.js';
import { type Rig, withEngine } from '../support/fault/rig.js';
import { isRunning } from '../support/proc.js';

function withFaultyWorkers(options: Partial<EngineConfig>, body: (rig: Rig) => Promise<void>): Promise<void> {
  const workerLimits = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 };
  return withEngine(options, body, { workerEntry: FAULTY_WORKER, workerLimits });
}

/** Executions that run and have said so, each with a child in the background. */
async function startBystanders(engine: ExecutionEngine, count: number): Promise<Execution[]> {
  const runs = Array.from({ length: count }, () => engine.execute({ command: shell('sleep 60 & echo up; wait') }));
  await Promise.all(runs.map(({ stdout$ }) => firstValueFrom(stdout$)));
  return runs;
}

/** What the reason for the loss must say. */
const losses: Array<[fault: string, says: RegExp]> = [
  [FAULTS.throw, /thrown in the worker/],
  [FAULTS.reject, /rejected in the worker/],
  [FAULTS.exit, /code 3/],
  [FAULTS.outOfMemory, /memory/],
  [FAULTS.throwAfterSpawn, /thrown right after a spawn/],
];

describe('a worker thread that is lost', () => {
  for (const [fault, says] of losses) {
    it(`ends every execution on it once as WORKER_LOST, kills their trees and is replaced (${fault})`, async () => {
      await withFaultyWorkers({ maxConcurrentExecutions: 6 }, async ({ engine, processes }) => {
        const bystanders = await startBystanders(engine, 4);
        const culprit = engine.execute({ command: exec(fault) });
        const queued = Array.from({ length: 5 }, () => engine.run({ command: exec('echo', 'after') }));
        for (const { result } of [...bystanders, culprit]) {
          const { status, error, exitCode, startedAt, output } = await result;
          expect({ status, exitCode, code: error?.code }).to.deep.equal({
            status: 'failed',
            exitCode: null,
            code: 'WORKER_LOST',
          });
          expect(error?.message).to.match(says);
          expect(output.complete).to.equal(startedAt === null);
        }
        // Those that had not been handed to the lost thread run on its replacement; one that had is lost with it, and says so.
        for (const { stdout, error } of await Promise.all(queued)) {
          expect(error?.code ?? stdout).to.be.oneOf(['after\n', 'WORKER_LOST']);
        }
        expect((await engine.run({ command: exec('echo', 'replaced') })).stdout).to.equal('replaced\n');
        await eventually('the trees are dead', () => processes().length === 0);
      });
    });
  }

  it('leaves executions on other threads alone', async () => {
    await withFaultyWorkers({ workerThreads: 2 }, async ({ engine }) => {
      await engine.ready();
      const runs = await startBystanders(engine, 12); // eight fill a thread; the others are on the next
      const culprit = engine.execute({ command: exec(FAULTS.exit) });
      await culprit.result;
      await eventually('those beside it are gone', () => runs.filter(({ status }) => status === 'failed').length >= 4);
      const left = runs.filter(({ status }) => status === 'running');
      expect(left).to.have.length(8);
      for (const run of left) run.cancel();
      const statuses = await Promise.all(left.map(({ result }) => result.then(({ status }) => status)));
      expect(statuses).to.deep.equal(new Array(8).fill('cancelled'));
    });
  });

  it('does not take back an end that it had already reported', async () => {
    await withFaultyWorkers({}, async ({ engine }) => {
      const bystander = engine.execute({ command: exec('sleep', '60') });
      const { error } = await engine.run({ command: exec(FAULTS.exitAfterEnd) });
      expect(error).to.deep.equal({ code: 'SPAWN_FAILED', message: 'reported before the end of the thread' });
      expect((await bystander.result).error?.code).to.equal('WORKER_LOST');
    });
  });

  it('does not take back an end that is still in flight when the thread is gone', async () => {
    for (let round = 0; round < 3; round++) {
      await withFaultyWorkers({}, async ({ engine }) => {
        await engine.ready();
        const reported = engine.execute({ command: exec(FAULTS.exitAfterEnd) });
        await new Promise((resolve) => setImmediate(resolve)); // it has been handed over
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); // meanwhile it ends, and so does the thread
        expect((await reported.result).error?.code).to.equal('SPAWN_FAILED');
        await firstValueFrom(engine.health$.pipe(filter(({ restarts }) => restarts === 1)));
      });
    }
  });

  it('does not have its executions run again, whatever their retry policy says', async () => {
    await withFaultyWorkers({}, async ({ engine }) => {
      const retry = { attempts: 5, backoffMs: 1 };
      const { attempts, error } = await engine.run({ command: exec(FAULTS.throw), retry });
      expect({ attempts, code: error?.code }).to.deep.equal({ attempts: 1, code: 'WORKER_LOST' });
    });
  });

  it('is told as degraded, then as healthy again with one restart counted', async () => {
    await withFaultyWorkers({}, async ({ engine }) => {
      await engine.ready();
      const tellings = firstValueFrom(
        engine.health$.pipe(
          map(({ status, restarts }) => `${status} ${restarts}`),
          take(3),
          toArray(),
        ),
      );
      await engine.run({ command: exec(FAULTS.throw) });
      await engine.run({ command: exec('true') });
      expect((await tellings).slice(0, 2)).to.deep.equal(['healthy 0', 'degraded 1']);
      expect(await firstValueFrom(engine.health$)).to.deep.include({ status: 'healthy', restarts: 1, reason: null });
    });
  });

  it('keeps no writer waiting and delivers no event after the end', async () => {
    await withFaultyWorkers({}, async ({ engine }) => {
      const run = engine.execute({ command: exec('sleep', '60'), stdin: { pipe: true } });
      await firstValueFrom(run.events$.pipe(take(2), toArray()));
      const written = run.write(Buffer.alloc(8_000_000));
      engine.execute({ command: exec(FAULTS.throw) });
      await written;
      expect((await run.result).error?.code).to.equal('WORKER_LOST');
    });
  });

  it('is ended with the engine when it hears nothing any more, and its processes with it', async function () {
    this.timeout(30_000);
    await withFaultyWorkers({ killGraceMs: 0, drainTimeoutMs: 0 }, async ({ engine, processes }) => {
      const [bystander] = await startBystanders(engine, 1);
      const hung = engine.execute({ command: exec(FAULTS.hang) });
      const before = processes().length;
      await eventually('the thread hangs', () => processes().length > before);
      await engine.stop();
      expect((await hung.result).error?.code).to.equal('WORKER_LOST');
      expect((await bystander?.result)?.error?.code).to.equal('WORKER_LOST');
      expect(processes()).to.deep.equal([]);
    });
  });

  it('is noticed though it dies at the same moment as a cancel of everything on it', async () => {
    await withFaultyWorkers({}, async ({ engine }) => {
      const bystanders = await startBystanders(engine, 4);
      const pids = bystanders.map(({ id }) => engine.listExecutions().find((one) => one.id === id)?.pid ?? 0);
      engine.execute({ command: exec(FAULTS.exit) });
      expect(engine.cancelAll('all at once')).to.equal(5);
      const codes = (await Promise.all(bystanders.map(({ result }) => result))).map(({ error }) => error?.code);
      for (const code of codes) expect(code).to.be.oneOf(['CANCELLED', 'WORKER_LOST']);
      await eventually('they are dead', () => !pids.some(isRunning));
    });
  });
});
