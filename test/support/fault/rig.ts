import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createEngine, type EngineConfig, type EngineHealth, type ExecutionEngine, exec } from 'execrx';
import { composeEngine, type Substitutes } from '#lib/runtime/composition.js';
import { eventually } from '../eventually.js';
import { Journal } from './journal.js';
import { MARK_VARIABLE, processesMarked } from './processes.js';

export interface Rig {
  readonly engine: ExecutionEngine;
  readonly journal: Journal;
  /** A directory of the test's own; the logs are in it. */
  readonly directory: string;
  processes(): number[];
}

/**
 * Runs `body` with an engine of its own and then holds the engine to what every fault must leave intact: one terminal event each, every
 * slot free, a further command that runs (unless `body` has stopped the engine), and no process left.
 */
export async function withEngine(
  options: Partial<EngineConfig>,
  body: (rig: Rig) => Promise<void>,
  substitutes?: Substitutes,
): Promise<void> {
  const mark = randomUUID();
  const directory = mkdtempSync(join(tmpdir(), 'execrx-fault-'));
  process.env[MARK_VARIABLE] = mark; // the engine's children inherit the environment of this moment
  const wanted = { logDir: join(directory, 'logs'), workerThreads: 1, ...options };
  const engine = substitutes ? composeEngine(wanted, substitutes) : createEngine(wanted);
  delete process.env[MARK_VARIABLE];
  const rig = { engine, journal: new Journal(engine), directory, processes: () => processesMarked(mark) };
  try {
    await body(rig);
    await expectSlotsFree(rig);
    await expectStillRuns(engine);
    await engine.stop();
    rig.journal.expectSound();
    await eventually('no process is left', () => rig.processes().length === 0, 5_000);
  } finally {
    await engine.stop();
    for (const pid of rig.processes()) process.kill(pid, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

async function expectSlotsFree({ engine, journal }: Rig): Promise<void> {
  await eventually('every execution has ended', () => journal.open.length === 0);
  const { maxConcurrent, currentlyPending, currentlyRunning, availableSlots } = engine.getConcurrencyMetrics();
  expect({ currentlyPending, currentlyRunning, availableSlots }).to.deep.equal({
    currentlyPending: 0,
    currentlyRunning: 0,
    availableSlots: maxConcurrent,
  });
}

async function expectStillRuns(engine: ExecutionEngine): Promise<void> {
  if (isStopped(engine)) return;
  const { status: outcome, error } = await engine.run({ command: exec('true') });
  expect({ outcome, error }).to.deep.equal({ outcome: 'completed', error: null });
}

function isStopped({ health$ }: ExecutionEngine): boolean {
  let stopped = false;
  const complete = () => {
    stopped = true;
  };
  const next = ({ status }: EngineHealth) => {
    stopped ||= status === 'stopping';
  };
  health$.subscribe({ next, complete }).unsubscribe();
  return stopped;
}
