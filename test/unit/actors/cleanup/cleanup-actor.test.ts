import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Subject } from 'rxjs';
import { CleanupActor } from '#lib/actors/cleanup/cleanup-actor.js';
import type { EngineConfig } from '#lib/actors/protocol/config.js';
import type { Transition } from '#lib/actors/protocol/event.js';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { eventually, nextTurn } from '../../../support/eventually.js';
import { RecordingLogger } from '../../../support/recording-logger.js';
import { SimulatedClock } from '../../../support/simulated-clock.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';
import { finished, queued, started } from '../../../support/transitions.js';

describe('CleanupActor', () => {
  const at = useTemporaryDirectory();

  function make(fields: Partial<EngineConfig> = {}) {
    const clock = new SimulatedClock(Date.now());
    const logger = new RecordingLogger();
    const transitions$ = new Subject<Transition>();
    const port = {
      passes: 0,
      finished: 0,
      live: '',
      forgetExpired: () => ++port.passes,
      finishedCount: () => port.finished,
      isLive: (id: string) => id === port.live,
    };
    const config = { ...defaultConfig(), logDir: at(), logger, cleanupIntervalMs: 1_000, ...fields };
    const actor = new CleanupActor(config, clock, port, transitions$);
    /** Lets time pass and waits for the sweep that this sets off. */
    const passTime = async (periodMs: number) => {
      const passes = port.passes;
      clock.advance(periodMs);
      if (port.passes > passes) await eventually('the next pass is due', () => clock.pending.length === 1);
    };
    return { actor, clock, logger, transitions$, port, passTime };
  }

  function writeLog(ageMs: number, id: string = randomUUID()): string {
    const path = at(`${id}.log`);
    writeFileSync(path, 'text');
    const then = (Date.now() - ageMs) / 1_000;
    utimesSync(path, then, then);
    return path;
  }

  it('runs a retention pass each interval', async () => {
    const { passTime, port } = make();
    await passTime(999);
    expect(port.passes).to.equal(0);
    await passTime(1);
    expect(port.passes).to.equal(1);
    await passTime(1_000);
    expect(port.passes).to.equal(2);
  });

  it('sweeps logs older than their retention period, but not those of executions that run', async () => {
    const { passTime, port } = make({ logRetentionSecs: 60 });
    port.live = randomUUID();
    const [old, young, live] = [writeLog(70_000), writeLog(10_000), writeLog(70_000, port.live)];
    await passTime(1_000);
    expect([old, young, live].map((path) => existsSync(path))).to.deep.equal([false, true, true]);
  });

  it('sweeps nothing where no files are written', async () => {
    const { clock } = make({ logRetentionSecs: 60, logOutput: false });
    const old = writeLog(70_000);
    clock.advance(1_000);
    await eventually('the next pass is due', () => clock.pending.length === 1);
    expect(existsSync(old)).to.equal(true);
  });

  it('sweeps output files where there are no logs but oversized streams go to files', async () => {
    const { passTime } = make({ logRetentionSecs: 60, logOutput: false, oversizedOutputStrategy: 'stream_to_file' });
    writeLog(70_000);
    await passTime(1_000);
    expect(readdirSync(at())).to.deep.equal([]);
  });

  it('runs a pass when finished executions crowd the memory, after the end that did it has been told, and at nothing else', async () => {
    const { transitions$, port } = make({ maxInMemoryExecutions: 1_000 });
    port.finished = 1_101;
    transitions$.next(queued());
    transitions$.next(started('pending'));
    expect(port.passes).to.equal(0);
    transitions$.next(finished('running', 'completed'));
    transitions$.next(finished('running', 'completed'));
    expect(port.passes).to.equal(0);
    await nextTurn();
    expect(port.passes).to.equal(1);
    port.finished = 1_100;
    transitions$.next(finished('running', 'failed'));
    await nextTurn();
    expect(port.passes).to.equal(1);
  });

  it('does nothing when it is switched off', () => {
    const { clock, port, transitions$ } = make({ enableAutoCleanup: false });
    port.finished = 1_000_000;
    transitions$.next(finished('running', 'completed'));
    expect(clock.pending).to.deep.equal([]);
    expect(port.passes).to.equal(0);
  });

  it('does not keep the app alive', async () => {
    const { clock, passTime } = make();
    expect(clock.referenced).to.equal(0);
    await passTime(1_000);
    expect(clock.referenced).to.equal(0);
  });

  it('goes on after a sweep that failed, and warns of it', async () => {
    const { passTime, port, logger } = make();
    rmSync(at(), { recursive: true });
    await passTime(1_000);
    expect(logger.entries.map(({ level }) => level)).to.include('warn');
    await passTime(1_000);
    expect(port.passes).to.equal(2);
  });

  it('says at debug what it has done', async () => {
    const { passTime, logger } = make({ logRetentionSecs: 60 });
    writeLog(70_000);
    await passTime(1_000);
    expect(logger.entries).to.deep.equal([
      { level: 'debug', details: { records: 1 }, message: 'forgot finished executions' },
      { level: 'debug', details: { files: 1 }, message: 'removed old logs' },
    ]);
  });

  it('leaves no timer and no subscription once stopped', async () => {
    const { actor, clock, transitions$, port } = make();
    await actor.stop();
    expect(clock.pending).to.deep.equal([]);
    expect(transitions$.observed).to.equal(false);
    clock.advance(10_000);
    expect(port.passes).to.equal(0);
  });

  it('waits for a sweep that is under way when it stops, and sets no timer after it', async () => {
    const { actor, clock } = make({ logRetentionSecs: 60 });
    for (let i = 0; i < 50; i++) writeLog(70_000);
    clock.advance(1_000);
    await actor.stop();
    expect(readdirSync(at())).to.deep.equal([]);
    expect(clock.pending).to.deep.equal([]);
  });
});
