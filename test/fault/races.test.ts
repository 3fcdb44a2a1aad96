import { expect } from 'chai';
import { type Execution, type ExecutionRequest, exec, NotRunningError, shell } from 'execrx';
import { runApp } from '../support/fault/app.js';
import { FAULTS, FAULTY_WORKER } from '../support/fault/faulty-worker.js';
import { seededRandom } from '../support/fault/random.js';
import { type Rig, withEngine } from '../support/fault/rig.js';
import { until } from '../support/fault/until.js';

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `cancel` comes when it likes; only an end may have come before it. */
function cancelIfRunning(run: Execution, reason: string): boolean {
  try {
    run.cancel(reason);
    return true;
  } catch (error) {
    expect(error).to.be.instanceOf(NotRunningError);
    return false;
  }
}

describe('cancels that race the natural end', function () {
  this.timeout(60_000);

  it('end each of 500 executions once, as what came first', async () => {
    const random = seededRandom('500 cancels, 500 ends');
    await withEngine({ maxConcurrentExecutions: 24, workerThreads: 2 }, async ({ engine }) => {
      await engine.ready();
      const ends = await Promise.all(
        Array.from({ length: 500 }, async (_, index) => {
          const run = engine.execute({ command: exec('sleep', `0.0${10 + random.below(30)}`) });
          const startedAt = new Promise<void>((resolve) => {
            run.events$.subscribe({ next: ({ type }) => type === 'started' && resolve(), complete: resolve });
          });
          const waitMs = random.below(60);
          // Half are cancelled about when their process ends, half about when they are handed over and started.
          if (index % 2 === 0) await startedAt;
          await pause(index % 2 === 0 ? waitMs : index + waitMs / 2);
          const cancelled = cancelIfRunning(run, `number ${index}`);
          return { index, cancelled, result: await run.result };
        }),
      );
      for (const { index, cancelled, result } of ends) {
        const { status, exitCode, error, termination } = result;
        if (status === 'completed')
          expect({ exitCode, error, termination }).to.deep.equal({ exitCode: 0, error: null, termination: null });
        else {
          expect(cancelled, `number ${index} was not cancelled`).to.equal(true);
          expect({ status, error }).to.deep.equal({
            status: 'cancelled',
            error: { code: 'CANCELLED', message: `number ${index}` },
          });
        }
      }
      const statuses = new Set(ends.map(({ result }) => result.status));
      expect([...statuses].sort()).to.deep.equal(['cancelled', 'completed']);
    });
  });
});

describe('cancels that race the end of an attempt', () => {
  it('are the last word: no further attempt follows', async () => {
    const random = seededRandom('cancels between attempts');
    await withEngine({ maxConcurrentExecutions: 16, workerThreads: 2 }, async ({ engine }) => {
      await engine.ready();
      const retry = { attempts: 1_000_000, backoffMs: 0 };
      const results = await Promise.all(
        Array.from({ length: 150 }, async (_, index) => {
          const run = engine.execute({ command: exec('false'), retry });
          await pause(50 + index * 5 + random.below(20));
          run.cancel(`number ${index}`);
          return { at: performance.now(), result: await run.result, till: performance.now() };
        }),
      );
      for (const { at, result, till } of results) {
        expect(till - at).to.be.below(3_000);
        expect(result.error?.code).to.be.oneOf(['CANCELLED', 'EXIT_NON_ZERO']);
      }
    });
  });
});

type Kind = (rig: Rig) => ExecutionRequest;

const kinds: Kind[] = [
  () => ({ command: exec('true') }),
  () => ({ command: exec('sleep', '60') }),
  () => ({ command: exec('no-such-program-here') }),
  () => ({ command: shell("trap '' TERM; while :; do sleep 0.02; done") }),
  () => ({ command: shell('yes') }),
  () => ({ command: shell('sleep 60 & exit 0') }),
  () => ({ command: shell('setsid sleep 60; true') }),
  () => ({ command: exec('cat'), stdin: { pipe: true } }),
  () => ({ command: exec('false'), retry: { attempts: 1_000, backoffMs: 5 } }),
  () => ({ command: exec('sleep', '60'), timeoutMs: 50 }),
  () => ({ command: exec('sleep', '60'), idleTimeoutMs: 50 }),
  () => ({ command: exec('sleep', '60'), queueTimeoutMs: 30 }),
  () => ({ command: exec('yes'), oversizedOutputStrategy: 'fail_execution', maxOutputSizeBytes: 10_000 }),
  () => ({ command: exec('cat'), stdin: 'x'.repeat(2_000_000) }),
];

const CODES = [
  undefined,
  ...['SPAWN_FAILED', 'EXIT_NON_ZERO', 'SIGNALLED', 'CANCELLED', 'TIMEOUT', 'IDLE_TIMEOUT', 'QUEUE_TIMEOUT'],
  ...['OUTPUT_LIMIT_EXCEEDED', 'ENGINE_STOPPED', 'WORKER_LOST'],
];

describe('stop() in the middle of everything', function () {
  this.timeout(60_000);

  for (const [title, fault, drainMs] of [
    ['at once', null, 0],
    ['after a drain', null, 150],
    ['while a worker thread is lost', FAULTS.exit, 0],
    ['while a worker thread is lost in the drain', FAULTS.throw, 150],
  ] as const) {
    it(`ends everything once and leaves nothing: ${title}`, async () => {
      const random = seededRandom(`stop ${title}`);
      for (let round = 0; round < 6; round++) {
        const options = { maxConcurrentExecutions: 12, workerThreads: 2, killGraceMs: 100, drainTimeoutMs: 100 };
        await withEngine(options, (rig) => stopInTheMiddle(rig, random, { fault, drainMs }), {
          workerEntry: FAULTY_WORKER,
        });
      }
    });
  }

  async function stopInTheMiddle(
    rig: Rig,
    random: { below(bound: number): number },
    { fault, drainMs }: { fault: string | null; drainMs: number },
  ): Promise<void> {
    const { engine } = rig;
    const runs: Execution[] = [];
    for (let index = 0; index < 40; index++) {
      const kind = kinds[random.below(kinds.length)] as Kind;
      runs.push(engine.execute({ ...kind(rig), priority: random.below(3) }));
      if (random.below(4) === 0) await pause(random.below(10));
      if (random.below(5) === 0) cancelIfRunning(runs[random.below(runs.length)] as Execution, 'at random');
    }
    if (fault !== null) runs.push(engine.execute({ command: exec(fault), priority: 9 }));
    await pause(random.below(150));
    const stopped = engine.stop({ drainMs });
    expect(engine.stop()).to.equal(stopped);
    if (random.below(2) === 0) engine.cancelAll('while it stops');
    await stopped;
    expect(rig.processes(), 'left when stop() had resolved').to.deep.equal([]);
    const results = await Promise.all(runs.map(({ result }) => result));
    for (const { error } of results) expect(error?.code).to.be.oneOf(CODES);
    const { total, pending, running } = engine.getStats();
    expect({ total, pending, running }).to.deep.equal({ total: runs.length, pending: 0, running: 0 });
    expect(engine.getConcurrencyMetrics().availableSlots).to.equal(12);
  }
});

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
      await until('it runs', () => run.status === 'running');
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
