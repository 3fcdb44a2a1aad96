import { expect } from 'chai';
import type { EngineConfig, EngineHealth, ExecutionEngine } from 'execrx';
import { filter, firstValueFrom } from 'rxjs';
import { eventually } from '../support/eventually.js';
import { withoutKoffi } from '../support/fault/changed-package.js';
import { launchersOf } from '../support/fault/launchers.js';
import { withEngine } from '../support/fault/rig.js';

type Execrx = typeof import('execrx');

/** What the engine logs, and an engine that cannot load koffi. */
async function withLameEngine(
  spawner: EngineConfig['spawner'],
  body: (engine: ExecutionEngine, warnings: unknown[], execrx: Execrx) => Promise<void>,
): Promise<void> {
  await withoutKoffi(async (execrx) => {
    const warnings: unknown[] = [];
    const log = (details: object, message: string) => warnings.push({ ...details, message });
    const logger = { debug() {}, info() {}, warn: log, error: log };
    const engine = execrx.createEngine({ spawner, workerThreads: 1, logOutput: false, logger });
    try {
      await body(engine, warnings, execrx);
    } finally {
      await engine.stop();
    }
  });
}

describe("the choice of a spawner where the launcher's library cannot be loaded", () => {
  it("falls back to the thread with 'auto', and says why in health$ and in the log", async () => {
    await withLameEngine('auto', async (engine, warnings, { exec }) => {
      const before = launchersOf();
      expect((await engine.run({ command: exec('echo', 'fine') })).stdout).to.equal('fine\n');
      const { status, spawner, spawnerReason } = await firstValueFrom(engine.health$);
      expect({ status, spawner }).to.deep.equal({ status: 'healthy', spawner: 'thread' });
      expect(spawnerReason).to.match(/launcher does not work here: .*koffi/);
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.include({ spawner: 'thread', reason: spawnerReason });
      expect(launchersOf()).to.deep.equal(before);
    });
  });

  it("makes the engine unhealthy with 'launcher', and what waits ends with the reason", async () => {
    await withLameEngine('launcher', async (engine, _warnings, { exec }) => {
      const run = engine.run({ command: exec('true') });
      const unhealthy = filter((health: EngineHealth) => health.status === 'unhealthy');
      expect((await firstValueFrom(engine.health$.pipe(unhealthy))).reason).to.match(/koffi/);
      const { status, error } = await run;
      expect({ status, code: error?.code }).to.deep.equal({ status: 'failed', code: 'ENGINE_UNHEALTHY' });
      expect(error?.message).to.match(/koffi/);
      await eventually('no launcher is left', () => launchersOf().length === 0);
    });
  });
});

describe('the choice of a spawner where everything is there', () => {
  it("is a launcher per worker thread with 'auto'", async () => {
    await withEngine({ spawner: 'auto', workerThreads: 2 }, async ({ engine }) => {
      const before = launchersOf();
      await engine.ready();
      expect(launchersOf()).to.have.lengthOf(before.length + 2);
      const { spawner, spawnerReason } = await firstValueFrom(engine.health$);
      expect({ spawner, spawnerReason }).to.deep.equal({ spawner: 'launcher', spawnerReason: null });
    });
  });

  it("is never a launcher with 'thread'", async () => {
    await withEngine({ spawner: 'thread' }, async ({ engine }) => {
      const before = launchersOf();
      await engine.ready();
      expect(launchersOf()).to.deep.equal(before);
      const { spawner, spawnerReason } = await firstValueFrom(engine.health$);
      expect({ spawner, spawnerReason }).to.deep.equal({ spawner: 'thread', spawnerReason: null });
    });
  });
});
