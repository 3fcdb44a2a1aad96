import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { systemClock } from '#lib/actors/kernel/clock.js';
import { createSlotMemory, ProcessSlotReader, ProcessSlotWriter } from '#lib/actors/process/process-slots.js';
import { type AttemptOutcome, isNews, type Job, type WorkerEvent } from '#lib/actors/protocol/wire.js';
import { ThreadSpawner } from '#lib/actors/worker/spawner/thread-spawner.js';
import { WorkerActor } from '#lib/actors/worker/worker-actor.js';
import { eventually } from '../../../support/eventually.js';
import { jobWith, workerSettingsWith } from '../../../support/protocol.js';
import { kill } from '../../../support/scripted-processes.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

const settings = workerSettingsWith({ environment: { PATH: process.env.PATH as string } });

describe('WorkerActor', () => {
  const at = useTemporaryDirectory();
  let ledger: ProcessSlotReader;
  let events: WorkerEvent[];
  let actor: WorkerActor;
  let delays: number[];

  beforeEach(async () => {
    const memory = createSlotMemory(16);
    ledger = new ProcessSlotReader(memory);
    events = [];
    const spawner = await ThreadSpawner.create(new ProcessSlotWriter(memory), settings);
    const emit = (event: WorkerEvent) => void events.push(event);
    delays = [];
    const clock: typeof systemClock = {
      ...systemClock,
      setTimeout(callback, delayMs) {
        delays.push(delayMs);
        return systemClock.setTimeout(callback, delayMs);
      },
    };
    actor = new WorkerActor({ spawner, clock, settings, listenAll: false, emit });
  });

  afterEach(() => {
    for (const group of ledger.groups()) kill(-group);
  });

  const sh = (ref: number, script: string, fields: Partial<Job> = {}) => {
    return { type: 'start' as const, job: jobWith({ ref, program: 'sh', args: ['-c', script], ...fields }) };
  };
  const typesOf = (ref: number) =>
    events.filter((event) => !isNews(event) && event.ref === ref).map(({ type }) => type);
  const linesOf = (ref: number) =>
    events.flatMap((e) => (e.type === 'output' && e.ref === ref ? e.text.split('\n') : []));
  const endOf = (ref: number) => {
    return eventually(`attempt ${ref} has ended`, () => {
      const ended = events.find((event) => event.type === 'ended' && event.ref === ref);
      return ended && (ended as { outcome: AttemptOutcome }).outcome;
    });
  };
  const startOf = (ref: number) => eventually(`attempt ${ref} has started`, () => typesOf(ref).includes('started'));

  it('tells the start, the lines someone listens to, and one end, in this order', async () => {
    actor.deliver([sh(1, 'echo a; echo b', { listen: 1 })]);
    const outcome = await endOf(1);
    expect(outcome).to.include({ status: 'completed', exitCode: 0, stdout: 'a\nb\n' });
    expect(outcome.output).to.include({ complete: true, stdoutBytes: 4 });
    expect(typesOf(1)[0]).to.equal('started');
    expect(typesOf(1).filter((type) => type === 'ended')).to.have.lengthOf(1);
    expect(typesOf(1).at(-1)).to.equal('ended');
    expect(linesOf(1)).to.deep.equal(['a', 'b']);
    expect(ledger.groups()).to.deep.equal([]);
  });

  it('writes the log, and has it whole before it tells the end', async () => {
    actor.deliver([sh(1, 'echo out; printf unfinished', { logPath: at('x.log') })]);
    await endOf(1);
    expect(readFileSync(at('x.log'), 'utf8')).to.equal('out\nunfinished');
  });

  it('makes no lines that nobody listens to', async () => {
    actor.deliver([sh(1, 'echo out; echo err >&2', { listen: 2 }), sh(2, 'echo out')]);
    await Promise.all([endOf(1), endOf(2)]);
    expect(linesOf(1)).to.deep.equal(['err']);
    expect(linesOf(2)).to.deep.equal([]);
  });

  it('makes lines of every attempt while someone listens to all', async () => {
    actor.deliver([{ type: 'listen_all', on: true }, sh(1, 'echo a')]);
    await endOf(1);
    actor.deliver([{ type: 'listen_all', on: false }, sh(2, 'echo b')]);
    await endOf(2);
    expect([linesOf(1), linesOf(2)]).to.deep.equal([['a'], []]);
  });

  it('spawns nothing for an attempt that is cancelled in the same delivery', async () => {
    actor.deliver([sh(1, 'exit 0'), { type: 'terminate', ref: 1, cause: 'cancel' }]);
    const outcome = await endOf(1);
    expect(outcome).to.include({ status: 'cancelled', pid: null, startedAt: null });
    expect(typesOf(1)).to.deep.equal(['ended']);
  });

  it('ends a running attempt that is cancelled; the first cause is the one it reports', async () => {
    actor.deliver([sh(1, 'sleep 60')]);
    await startOf(1);
    actor.deliver([
      { type: 'terminate', ref: 1, cause: 'cancel' },
      { type: 'terminate', ref: 1, cause: 'stop' },
    ]);
    const outcome = await endOf(1);
    expect(outcome).to.include({ status: 'cancelled', signal: 'SIGTERM' });
    expect(outcome.termination).to.include({ cause: 'cancel', treeEmpty: true });
    expect(outcome.error?.code).to.equal('CANCELLED');
  });

  it('ends one that exceeds its time, and one that is silent for too long', async () => {
    actor.deliver([
      sh(1, 'while :; do echo x; sleep 0.02; done', { timeoutMs: 300, idleTimeoutMs: 5_000 }),
      sh(2, 'echo x; sleep 60', { idleTimeoutMs: 150 }),
    ]);
    const [late, silent] = await Promise.all([endOf(1), endOf(2)]);
    expect([late.status, late.error?.code]).to.deep.equal(['timeout', 'TIMEOUT']);
    expect(late.durationMs).to.be.within(300, 10_000);
    expect([silent.status, silent.error?.code]).to.deep.equal(['timeout', 'IDLE_TIMEOUT']);
  });

  it('ends one whose time is over when it is told of, and sets no timer into the past: Node warns of that', async () => {
    actor.deliver([sh(1, 'sleep 60', { timeoutMs: 0.0001 })]);
    expect((await endOf(1)).error?.code).to.equal('TIMEOUT');
    expect(Math.min(...delays)).to.equal(0);
  });

  it('ends one that writes more than it may, where that is what it was told to do', async () => {
    const strategy = { maxOutputSizeBytes: 100, oversizedOutputStrategy: 'fail_execution' as const };
    actor.deliver([sh(1, 'while :; do echo 0123456789; done', strategy)]);
    const outcome = await endOf(1);
    expect([outcome.status, outcome.error?.code]).to.deep.equal(['failed', 'OUTPUT_LIMIT_EXCEEDED']);
    expect(typesOf(1).filter((type) => type === 'truncated')).to.have.lengthOf(1);
  });

  it('gives its result though a descendant still holds the pipes, and says that the output may not be whole', async () => {
    actor.deliver([sh(1, 'echo a; sleep 60 & exit 0')]);
    const outcome = await endOf(1);
    expect(outcome).to.include({ status: 'completed', exitCode: 0, stdout: 'a\n' });
    expect(outcome.output.complete).to.equal(false);
  });

  it('feeds live input, answers each write, and ends it', async () => {
    const cat = jobWith({ ref: 1, program: 'cat', stdin: { type: 'pipe' } });
    actor.deliver([{ type: 'start', job: cat }]);
    await startOf(1);
    actor.deliver([
      { type: 'write', ref: 1, sequence: 5, data: 'fed' },
      { type: 'end_input', ref: 1 },
    ]);
    expect((await endOf(1)).stdout).to.equal('fed');
    expect(events).to.deep.include({ type: 'input_taken', ref: 1, sequence: 5 });
  });

  it('gives the environment of the engine with the one of the job on top, or the latter alone', async () => {
    const print = { program: '/usr/bin/env', args: [], env: { A: 'b' } };
    actor.deliver([
      { type: 'start', job: jobWith({ ref: 1, ...print }) },
      { type: 'start', job: jobWith({ ref: 2, ...print, inheritEnv: false }) },
    ]);
    const [inherited, alone] = await Promise.all([endOf(1), endOf(2)]);
    expect(inherited.stdout.trim().split('\n').sort()).to.deep.equal(['A=b', `PATH=${process.env.PATH}`]);
    expect(alone.stdout).to.equal('A=b\n');
  });

  it('says that a program cannot be started, and is none the worse', async () => {
    actor.deliver([{ type: 'start', job: jobWith({ ref: 1, program: '/no/such/program' }) }, sh(2, 'echo fine')]);
    const [missing, fine] = await Promise.all([endOf(1), endOf(2)]);
    expect([missing.status, missing.error?.code]).to.deep.equal(['failed', 'SPAWN_FAILED']);
    expect(fine.stdout).to.equal('fine\n');
  });

  it('says which message named an attempt that is not here, and lets no writer wait', () => {
    actor.deliver([
      { type: 'terminate', ref: 9, cause: 'cancel' },
      { type: 'write', ref: 9, sequence: 3, data: 'x' },
    ]);
    expect(events).to.deep.equal([
      { type: 'undeliverable', ref: 9, input: 'terminate' },
      { type: 'undeliverable', ref: 9, input: 'write' },
      { type: 'input_taken', ref: 9, sequence: 3 },
    ]);
  });

  it('stops at once without work, and else when every process is gone', async () => {
    await actor.stop();
    actor.deliver([sh(1, 'sleep 60'), sh(2, "trap '' TERM; while :; do sleep 0.02; done")]);
    await Promise.all([startOf(1), startOf(2)]);
    await actor.stop();
    const [first, second] = await Promise.all([endOf(1), endOf(2)]);
    expect([first.error?.code, second.error?.code]).to.deep.equal(['ENGINE_STOPPED', 'ENGINE_STOPPED']);
    expect(ledger.groups()).to.deep.equal([]);
  });

  it('stops reading a process whose lines are not paid for, and goes on when they are', async () => {
    const megabytes = 'head -c 6000000 /dev/zero | tr "\\0" "x" | fold -w 100';
    actor.deliver([sh(1, megabytes, { listen: 1, maxOutputSizeBytes: 10 })]);
    const charged = () => events.reduce((sum, event) => sum + (event.type === 'output' ? event.bytes : 0), 0);
    let paid = 0;
    let mostUnpaid = 0;
    await eventually('the attempt has ended', async () => {
      mostUnpaid = Math.max(mostUnpaid, charged() - paid);
      const bytes = Math.min(charged() - paid, 300_000);
      paid += bytes;
      actor.credit([{ ref: 1, bytes }]);
      return typesOf(1).includes('ended');
    });
    expect(charged()).to.equal(6_060_000);
    expect(mostUnpaid).to.be.below(2_000_000);
  });
});
