import { expect } from 'chai';
import { systemClock } from '#lib/actors/kernel/clock.js';
import { deferred } from '#lib/actors/kernel/deferred.js';
import type { AttemptOutcome, BatchJob, WorkerEvent } from '#lib/actors/protocol/wire.js';
import { BatchAttempt } from '#lib/actors/worker/batch/batch-attempt.js';
import { CreditWindow } from '#lib/actors/worker/credit-window.js';
import { BlockPool } from '#lib/actors/worker/output/block-pool.js';
import type {
  ProcessExit,
  Series,
  SeriesListener,
  SpawnedProcess,
  Spawner,
} from '#lib/actors/worker/spawner/spawner.js';
import { nextTurn } from '../../../../support/eventually.js';
import { jobWith, workerSettingsWith } from '../../../../support/protocol.js';

const settings = workerSettingsWith({ spawner: 'launcher' });
const EXIT: ProcessExit = { exitCode: 0, signal: null, resourceUsage: null, groupRemains: false, lost: null };
const job: BatchJob = {
  ...jobWith({ program: 'echo' }),
  batch: {
    places: 2,
    arguments: [
      ['<', '>'],
      ['', ''],
    ],
  },
};
const indices = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A batch over a series that does nothing by itself. */
describe('BatchAttempt', () => {
  let events: WorkerEvent[];
  let added: string[][];
  let halts: number;
  let resumed: number;
  let listener: SeriesListener;
  let opening: ReturnType<typeof deferred<Series | null>>;
  let ended: number;
  let batch: BatchAttempt;

  const series: Series = {
    add: (args) => void added.push(...args.map((each) => [...each])),
    resume: () => void resumed++,
    halt: () => void halts++,
  };

  beforeEach(() => {
    [events, added, halts, resumed, ended] = [[], [], 0, 0, 0];
    opening = deferred<Series | null>();
    const spawner: Spawner = {
      spawn: async () => ({ type: 'refused', message: 'not here', transient: false }),
      series: (_spec, _places, told) => {
        listener = told;
        return opening.promise;
      },
      stop: async () => {},
    };
    batch = new BatchAttempt(job, {
      spawner,
      clock: systemClock,
      settings,
      window: new CreditWindow(),
      blocks: new BlockPool(),
      emit: (event) => void events.push(event),
      onEnded: () => void ended++,
    });
  });

  async function started(): Promise<void> {
    void batch.start();
    opening.resolve(series);
    await nextTurn();
  }

  function outcome(): AttemptOutcome | undefined {
    return events.find((event) => event.type === 'ended')?.outcome;
  }

  function told(): Record<number, string | null> {
    const all: Record<number, string | null> = {};
    for (const event of events) {
      if (event.type !== 'items') continue;
      for (const index of event.silent) all[index] = null;
      for (const { index, error } of event.ends) all[index] = error?.code ?? null;
    }
    return all;
  }

  it('hands the arguments of items ahead, and more when half of them have ended', async () => {
    batch.write(indices(800).join('\0'), 1);
    await started();
    expect(added).to.deep.equal(indices(256).map((index) => [`<${index}>`, `${index}`]));
    for (const index of indices(127)) listener.onRan(index, null);
    expect(added).to.have.lengthOf(256);
    listener.onRan(127, null);
    expect(added).to.have.lengthOf(384);
  });

  it('ends when its input has ended and all are told of, and says how many failed', async () => {
    batch.write('a\0b', 1);
    await started();
    listener.onRan(0, { exit: { ...EXIT, exitCode: 3 }, stdout: 'x', stderr: '' });
    listener.onRan(1, null);
    await nextTurn();
    expect(outcome()).to.equal(undefined);
    batch.endInput();
    expect(outcome()).to.include({ status: 'failed' });
    expect(outcome()?.error?.message).to.equal('1 of 2 failed');
    expect({ told: told(), ended, halts }).to.deep.equal({ told: { 0: 'EXIT_NON_ZERO', 1: null }, ended: 1, halts: 1 });
  });

  it('ends at once when it is cancelled before it may begin, and stops a series that opens later', async () => {
    batch.write('a', 1);
    void batch.start();
    batch.terminate('cancel');
    expect(outcome()?.status).to.equal('cancelled');
    opening.resolve(series);
    await nextTurn();
    expect({ added, halts, ended }).to.deep.equal({ added: [], halts: 1, ended: 1 });
    expect(events.filter(({ type }) => type === 'input_taken')).to.have.lengthOf(1);
  });

  it('waits, when it is cancelled, for those that have been begun, and only for those', async () => {
    batch.write(indices(10).join('\0'), 1);
    await started();
    batch.terminate('cancel');
    expect(halts).to.equal(1);
    listener.onRan(0, null);
    listener.onHalted(2);
    expect(outcome()).to.equal(undefined);
    listener.onRan(1, null);
    await nextTurn();
    expect(outcome()?.status).to.equal('cancelled');
    expect(told()).to.deep.equal({ 0: null, 1: null });
  });

  it('has the place of one that could not be started free once that is told', async () => {
    batch.write('a', 1);
    await started();
    listener.onAnswer(0, { type: 'refused', message: 'no', transient: false });
    await nextTurn();
    expect({ told: told(), resumed }).to.deep.equal({ told: { 0: 'SPAWN_FAILED' }, resumed: 1 });
  });

  it('goes on without the series when that is lost', async () => {
    batch.write(indices(300).join('\0'), 1);
    await started();
    listener.onRan(0, null);
    listener.onLost('gone');
    batch.endInput();
    for (let turns = 0; turns < 200 && !outcome(); turns++) await nextTurn();
    const codes = Object.values(told());
    expect(codes.filter((code) => code === 'LAUNCHER_LOST')).to.have.lengthOf(255);
    expect(codes.filter((code) => code === 'SPAWN_FAILED')).to.have.lengthOf(44); // by a spawner that never can
    expect(outcome()?.error?.message).to.equal('299 of 300 failed');
  });

  it('lets go of a process that comes when it has been given up', async () => {
    batch.write('a', 1);
    await started();
    listener.onLost('gone');
    let destroyed = 0;
    let released = 0;
    const pipe = { read() {}, pause() {}, resume() {}, destroy: () => void destroyed++ };
    const late: SpawnedProcess = {
      pid: 2 ** 30,
      startedMs: 0,
      endedMs: null,
      stdin: null,
      stdout: pipe,
      stderr: pipe,
      onExit: (heard) => heard(EXIT),
      release: () => void released++,
    };
    listener.onAnswer(0, { type: 'spawned', process: late });
    expect({ destroyed, released, told: Object.keys(told()) }).to.deep.equal({ destroyed: 2, released: 1, told: [] });
    batch.endInput();
    expect(told()).to.deep.equal({ 0: 'LAUNCHER_LOST' });
  });

  it('hands nothing ahead while nobody takes what there is to tell', async () => {
    batch.write(indices(800).join('\0'), 1);
    await started();
    const loud = { exit: EXIT, stdout: 'x'.repeat(60_000), stderr: '' };
    for (const index of indices(24)) listener.onRan(index, loud);
    await nextTurn();
    for (const index of indices(200)) listener.onRan(24 + index, null);
    expect(added).to.have.lengthOf(256);
    const [owed] = events.flatMap((event) => (event.type === 'items' ? [event.bytes] : []));
    batch.credit(owed as number);
    expect(added).to.have.lengthOf(480);
  });

  it('tells nothing twice, and nothing of an item that there is not', async () => {
    batch.write('a', 1);
    await started();
    for (const index of [0, 0, 5, -1]) listener.onRan(index, null);
    listener.onAnswer(7, { type: 'refused', message: 'no', transient: false });
    batch.endInput();
    expect(told()).to.deep.equal({ 0: null });
    expect(events.filter(({ type }) => type === 'ended')).to.have.lengthOf(1);
  });
});
