import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type EngineConfig, type EngineHealth, exec } from 'execrx';
import { filter, firstValueFrom } from 'rxjs';
import { EngineUnhealthyError } from '#lib/actors/protocol/errors.js';
import type { Substitutes } from '#lib/runtime/composition.js';
import { FAULTS, FAULTY_WORKER } from '../support/fault/faulty-worker.js';
import { hurriedClock } from '../support/fault/hurried-clock.js';
import { FAILURES_VARIABLE, LOADING_WORKER, MANNER_VARIABLE } from '../support/fault/loading-worker.js';
import { REFUSING_WORKER } from '../support/fault/refusing-worker.js';
import { type Rig, withEngine } from '../support/fault/rig.js';

const FOR_EVER = 1_000;

/** Worker threads fail to load this often before one comes up. */
async function withLoadFailures(
  failures: number,
  options: Partial<EngineConfig>,
  body: (rig: Rig) => Promise<void>,
  { manner = 'throw', ...substitutes }: Substitutes & { manner?: 'throw' | 'exit' } = {},
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'execrx-load-'));
  const file = join(directory, 'failures');
  writeFileSync(file, 'x'.repeat(failures));
  Object.assign(process.env, { [FAILURES_VARIABLE]: file, [MANNER_VARIABLE]: manner });
  try {
    await withEngine(options, body, { workerEntry: LOADING_WORKER, ...substitutes });
  } finally {
    delete process.env[FAILURES_VARIABLE];
    delete process.env[MANNER_VARIABLE];
    rmSync(directory, { recursive: true });
  }
}

function healthIs(status: EngineHealth['status'], { engine }: Rig): Promise<EngineHealth> {
  return firstValueFrom(engine.health$.pipe(filter((health) => health.status === status)));
}

describe('a worker thread that does not come up', () => {
  for (const manner of ['throw', 'exit'] as const) {
    it(`is started again at once, and the work that waited runs (${manner})`, async () => {
      await withLoadFailures(
        2,
        {},
        async ({ engine }) => {
          const { status, attempts } = await engine.run({ command: exec('true') });
          expect({ status, attempts }).to.deep.equal({ status: 'completed', attempts: 1 });
          expect((await firstValueFrom(engine.health$)).restarts).to.equal(2);
        },
        { manner },
      );
    });
  }

  it('does not keep ready() from resolving once its replacement is up', async () => {
    await withLoadFailures(2, { workerThreads: 3 }, async ({ engine }) => {
      await engine.ready();
      const health = await firstValueFrom(engine.health$);
      expect(health.workers).to.deep.equal({ configured: 3, ready: 3, starting: 0 });
    });
  });

  it('lets stop() end at once while threads start or wait to be started again', async () => {
    await withLoadFailures(FOR_EVER, { workerThreads: 2 }, async ({ engine }) => {
      const run = engine.execute({ command: exec('true') });
      const ready = engine.ready().then(
        () => 'ready',
        ({ code }) => code,
      );
      await healthIs('degraded', { engine } as Rig);
      const startedAt = performance.now();
      await engine.stop();
      expect(performance.now() - startedAt).to.be.below(2_000);
      expect((await run.result).error?.code).to.equal('ENGINE_STOPPED');
      expect(await ready).to.equal('ENGINE_STOPPED');
    });
  });
});

describe('worker threads that fail again and again', () => {
  /** Ends like the rest of the fault tests, though no further command may run: the engine is stopped here. */
  async function expectUnhealthy(rig: Rig, says: RegExp): Promise<void> {
    const { reason } = await healthIs('unhealthy', rig);
    expect(reason).to.match(says);
    expect(() => rig.engine.execute({ command: exec('true') }))
      .to.throw(EngineUnhealthyError, says)
      .with.property('code', 'ENGINE_UNHEALTHY');
    const rejection = await rig.engine.ready().then(
      () => 'ready',
      ({ code }) => code,
    );
    expect(rejection).to.equal('ENGINE_UNHEALTHY');
  }

  it('make the engine unhealthy: what waits ends as ENGINE_UNHEALTHY, and new work is refused', async () => {
    await withLoadFailures(FOR_EVER, { maxConcurrentExecutions: 2 }, async (rig) => {
      const { engine } = rig;
      const runs = Array.from({ length: 6 }, () => engine.run({ command: exec('true') }));
      const ready = engine.ready().then(
        () => 'ready',
        ({ code }) => code,
      );
      for (const { status, error, attempts } of await Promise.all(runs)) {
        expect({ status, code: error?.code, attempts }).to.deep.equal({
          status: 'failed',
          code: 'ENGINE_UNHEALTHY',
          attempts: 0,
        });
        expect(error?.message)
          .to.match(/cannot be loaded/)
          .and.match(/health\$/);
      }
      expect(await ready).to.equal('ENGINE_UNHEALTHY');
      await expectUnhealthy(rig, /failed 6 times.*cannot be loaded/);
      expect(engine.getConcurrencyMetrics().availableSlots).to.equal(2);
      await engine.stop();
    });
  });

  it('make the engine unhealthy when they load but cannot become actors', async () => {
    await withEngine(
      {},
      async (rig) => {
        const { status, error } = await rig.engine.run({ command: exec('true') });
        expect({ status, code: error?.code }).to.deep.equal({ status: 'failed', code: 'ENGINE_UNHEALTHY' });
        await expectUnhealthy(rig, /failed 6 times.*no spawner works here/);
        await rig.engine.stop();
      },
      { workerEntry: REFUSING_WORKER },
    );
  });

  it('make the engine unhealthy when they come up and are lost each time', async () => {
    await withEngine(
      { maxConcurrentExecutions: 1 },
      async (rig) => {
        const retry = { attempts: 3, backoffMs: 60_000 };
        const runs = Array.from({ length: 6 }, () => rig.engine.run({ command: exec(FAULTS.exit), retry }));
        const waiting = rig.engine.run({ command: exec('true') });
        const codes = (await Promise.all(runs)).map(({ error }) => error?.code);
        expect(codes).to.deep.equal(runs.map(() => 'WORKER_LOST'));
        expect((await waiting).error?.code).to.equal('ENGINE_UNHEALTHY');
        await expectUnhealthy(rig, /code 3/);
        await rig.engine.stop();
      },
      { workerEntry: FAULTY_WORKER },
    );
  });

  it('end a retry that waits as well', async () => {
    await withEngine(
      { maxConcurrentExecutions: 2 },
      async (rig) => {
        const retry = { attempts: 2, backoffMs: 60_000 };
        const patient = rig.engine.execute({ command: exec('false'), retry });
        await firstValueFrom(patient.events$.pipe(filter(({ type }) => type === 'retrying')));
        for (let losses = 0; losses < 6; losses++) await rig.engine.run({ command: exec(FAULTS.exit) });
        expect((await patient.result).error?.code).to.equal('ENGINE_UNHEALTHY');
        await rig.engine.stop();
      },
      { workerEntry: FAULTY_WORKER },
    );
  });

  it('are given another chance when the failures are long enough ago', async () => {
    const clock = hurriedClock(20);
    await withLoadFailures(
      6,
      {},
      async (rig) => {
        const refused = await rig.engine.run({ command: exec('true') });
        expect(refused.error?.code).to.equal('ENGINE_UNHEALTHY');
        await healthIs('healthy', rig);
        expect((await rig.engine.run({ command: exec('true') })).status).to.equal('completed');
      },
      { clock },
    );
  });
});
