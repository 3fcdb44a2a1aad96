import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type Execution, type ExecutionRequest, exec, shell } from 'execrx';
import { FAULTS, FAULTY_WORKER } from '../support/fault/faulty-worker.js';
import { seededRandom } from '../support/fault/random.js';
import { type Rig, withEngine } from '../support/fault/rig.js';

/** `cancel` comes when it likes; only an end may have come before it. */
function cancelIfRunning(run: Execution, reason: string): boolean {
  try {
    run.cancel(reason);
    return true;
  } catch (error) {
    expect(error).to.have.property('code', 'NOT_RUNNING');
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
