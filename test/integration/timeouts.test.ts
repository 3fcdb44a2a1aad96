import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect, typesOf } from '../support/events.js';

describe('timeoutMs', () => {
  const makeEngine = useEngines();

  it('ends the process, and the result says so', async () => {
    const { status, error, termination, exitCode, signal, durationMs } = await makeEngine().run({
      command: exec('sleep', '600'),
      timeoutMs: 300,
    });
    expect({ status, exitCode, signal }).to.deep.equal({ status: 'timeout', exitCode: null, signal: 'SIGTERM' });
    expect(error).to.deep.equal({ code: 'TIMEOUT', message: 'The process did not end within 300 ms' });
    expect(termination?.cause).to.equal('timeout');
    expect(durationMs).to.be.within(295, 10_000);
  });

  it('keeps what the process had written', async () => {
    const { stdout, status } = await makeEngine().run({ command: shell('echo so far; sleep 600'), timeoutMs: 300 });
    expect([status, stdout]).to.deep.equal(['timeout', 'so far\n']);
  });

  it('leaves a process alone that ends in time', async () => {
    const { status, termination } = await makeEngine().run({ command: exec('sleep', '0.1'), timeoutMs: 5_000 });
    expect([status, termination]).to.deep.equal(['completed', null]);
  });

  it('counts from the start of the process, not from the submission', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const first = engine.execute({ command: exec('sleep', '1') });
    const { status, startedAt, queuedAt } = await engine.run({ command: exec('sleep', '0.05'), timeoutMs: 800 });
    expect((await first.result).status).to.equal('completed');
    expect((startedAt ?? 0) - queuedAt).to.be.above(800);
    expect(status).to.equal('completed');
  });

  it('is taken from the configuration when the request has none', async () => {
    const { status, error } = await makeEngine({ defaultTimeoutMs: 150 }).run({ command: exec('sleep', '600') });
    expect([status, error?.code]).to.deep.equal(['timeout', 'TIMEOUT']);
  });

  it('holds even when the process writes without end', async () => {
    const { status, error } = await makeEngine().run({ command: exec('yes'), timeoutMs: 200 });
    expect([status, error?.code]).to.deep.equal(['timeout', 'TIMEOUT']);
  });

  it('is a time-out also when the process takes the hint and exits with 0', async () => {
    const command = shell("trap 'exit 0' TERM; while :; do sleep 0.02; done");
    const { status, exitCode, error } = await makeEngine().run({ command, timeoutMs: 200 });
    expect([status, exitCode, error?.code]).to.deep.equal(['timeout', 0, 'TIMEOUT']);
  });
});

describe('idleTimeoutMs', () => {
  const makeEngine = useEngines();

  it('ends a process that is silent for too long', async () => {
    const { status, stdout, error, termination } = await makeEngine().run({
      command: shell('echo hello; sleep 600'),
      idleTimeoutMs: 200,
    });
    expect([status, stdout]).to.deep.equal(['timeout', 'hello\n']);
    expect(error).to.deep.equal({ code: 'IDLE_TIMEOUT', message: 'The process wrote nothing for 200 ms' });
    expect(termination?.cause).to.equal('idle_timeout');
  });

  it('leaves a process alone that writes now and then, to either stream', async () => {
    const speaks = shell('for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.1; echo $i >&$((i % 2 + 1)); done');
    const { status, durationMs } = await makeEngine().run({ command: speaks, idleTimeoutMs: 800 });
    expect(status).to.equal('completed');
    expect(durationMs).to.be.above(800);
  });

  it('counts bytes, not lines', async () => {
    const speaks = shell('for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.1; printf .; done');
    const { status, stdout } = await makeEngine().run({ command: speaks, idleTimeoutMs: 800 });
    expect([status, stdout]).to.deep.equal(['completed', '..........']);
  });
});

describe('queueTimeoutMs', () => {
  const makeEngine = useEngines();

  it('ends an execution that waits too long for a slot; nothing is spawned', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const blocker = await startedBlocker(engine);
    const run = engine.execute({ command: exec('true'), queueTimeoutMs: 150 });
    const events = collect(run.events$);
    const { status, error, pid, startedAt, completedAt, queuedAt } = await run.result;
    expect([status, error?.code, pid, startedAt]).to.deep.equal(['timeout', 'QUEUE_TIMEOUT', null, null]);
    expect(completedAt - queuedAt).to.be.at.least(149);
    expect(typesOf(await events.done)).to.deep.equal(['queued', 'timeout']);
    expect(engine.getConcurrencyMetrics().currentlyPending).to.equal(0);
    blocker.release();
    expect((await blocker.execution.result).status).to.equal('completed');
  });

  it('ends with the wait: a slot in time is a slot for good', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const first = engine.execute({ command: exec('sleep', '0.2') });
    const second = engine.execute({ command: exec('sleep', '1.2'), queueTimeoutMs: 1_000 });
    expect((await first.result).status).to.equal('completed');
    const { status, durationMs } = await second.result;
    expect(status).to.equal('completed');
    expect(durationMs).to.be.above(1_000);
  });
});
