import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { isRunning } from '../support/proc.js';
import { startTree } from '../support/process-tree.js';
import { untilGone } from '../support/processes.js';

describe('termination', () => {
  const makeEngine = useEngines();
  const ignoresTerm = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done");

  it('is SIGTERM alone where that is enough', async () => {
    const from = Date.now();
    const { signal, termination } = await makeEngine().run({ command: exec('sleep', '600'), timeoutMs: 100 });
    expect(signal).to.equal('SIGTERM');
    expect(termination?.signals.map((sent) => sent.signal)).to.deep.equal(['SIGTERM']);
    expect(termination?.signals[0]?.at).to.be.within(from + 99, Date.now());
    expect(termination?.treeEmpty).to.equal(true);
  });

  it('is SIGTERM, the grace period, then SIGKILL for a process that ignores the first', async () => {
    const { signal, exitCode, termination } = await makeEngine({ killGraceMs: 400 }).run({
      command: ignoresTerm,
      timeoutMs: 500,
    });
    expect([signal, exitCode]).to.deep.equal(['SIGKILL', null]);
    expect(termination?.signals.map((sent) => sent.signal)).to.deep.equal(['SIGTERM', 'SIGKILL']);
    const [term, kill] = termination?.signals ?? [];
    expect((kill?.at ?? 0) - (term?.at ?? 0)).to.be.within(395, 3_000);
    expect(termination?.treeEmpty).to.equal(true);
  });

  it('is SIGKILL at once without a grace period', async () => {
    const run = makeEngine({ killGraceMs: 0 }).execute({ command: exec('sleep', '600') });
    await eventually('it runs', () => run.status === 'running');
    run.cancel();
    const { signal, termination } = await run.result;
    expect(signal).to.equal('SIGKILL');
    expect(termination?.signals.map((sent) => sent.signal)).to.deep.equal(['SIGKILL']);
  });

  it('lets a process use the grace period to clean up', async () => {
    const command = shell("trap 'echo cleaned up; exit 3' TERM; echo ready; while :; do sleep 0.02; done");
    const run = makeEngine().execute({ command });
    const lines = collect(run.stdout$);
    await eventually('it is ready', () => lines.values.length === 1);
    run.cancel();
    const { status, stdout, exitCode, signal } = await run.result;
    expect([status, stdout, exitCode, signal]).to.deep.equal(['cancelled', 'ready\ncleaned up\n', 3, null]);
  });

  it('kills every process of a tree that ignores SIGTERM, in whatever session', async () => {
    const { execution, pids } = await startTree(makeEngine({ killGraceMs: 300 }), { stubborn: true });
    execution.cancel();
    const { termination } = await execution.result;
    expect(termination?.signals.map((sent) => sent.signal)).to.deep.equal(['SIGTERM', 'SIGKILL']);
    expect(termination?.treeEmpty).to.equal(true);
    expect(pids.filter(isRunning)).to.deep.equal([]);
  });

  it('waits for a grandchild that outlives its parents, and kills it after the grace period', async () => {
    // The process itself ends at SIGTERM; what it started does not.
    const command = shell("(trap '' TERM; echo $BASHPID; while :; do sleep 0.05; done) & wait");
    const run = makeEngine({ killGraceMs: 300 }).execute({ command });
    const lines = collect(run.stdout$);
    await eventually('the grandchild runs', () => lines.values.length === 1);
    run.cancel();
    const { signal, termination } = await run.result;
    expect(signal).to.equal('SIGTERM');
    expect(termination?.signals.map((sent) => sent.signal)).to.deep.equal(['SIGTERM', 'SIGKILL']);
    expect(isRunning(Number(lines.values[0]))).to.equal(false);
  });

  it('reports the first cause: a cancel during the grace period of a time-out changes nothing', async () => {
    const command = shell("trap 'echo told' TERM; while :; do sleep 0.02; done");
    const run = makeEngine({ killGraceMs: 600 }).execute({ command, timeoutMs: 300 });
    const lines = collect(run.stdout$);
    await eventually('it has been told to end', () => lines.values.length === 1);
    run.cancel();
    const { status, error, termination } = await run.result;
    expect([status, error?.code, termination?.cause]).to.deep.equal(['timeout', 'TIMEOUT', 'timeout']);
    expect(termination?.signals).to.have.length(2);
  });

  it('reports the first cause: a time-out during the grace period of a cancel changes nothing', async () => {
    const run = makeEngine({ killGraceMs: 1_000 }).execute({ command: ignoresTerm, timeoutMs: 700 });
    const lines = collect(run.stdout$);
    await eventually('it is ready', () => lines.values.length === 1);
    run.cancel();
    const { status, error, termination, durationMs } = await run.result;
    expect([status, error?.code, termination?.cause]).to.deep.equal(['cancelled', 'CANCELLED', 'cancel']);
    expect(durationMs).to.be.above(700);
  });
});

describe('after the process has exited', () => {
  const makeEngine = useEngines();

  it('output is read to its end', async () => {
    const command = shell('(sleep 0.3; echo late) & echo early');
    const { stdout, output } = await makeEngine({ drainTimeoutMs: 10_000 }).run({ command });
    expect(stdout).to.equal('early\nlate\n');
    expect(output.complete).to.equal(true);
  });

  it('the result comes after the drain period even where something still holds the pipe', async () => {
    const command = shell('sleep 600 & echo $!');
    const { status, stdout, output, durationMs } = await makeEngine({ drainTimeoutMs: 200 }).run({ command });
    expect(status).to.equal('completed');
    expect(output.complete).to.equal(false);
    expect(durationMs).to.be.within(195, 5_000);
    await untilGone([Number(stdout)]);
  });

  it('the result does not wait for what holds no pipe, and takes it along', async () => {
    const command = shell('sleep 600 > /dev/null 2>&1 & echo $!');
    const { stdout, output, durationMs } = await makeEngine({ drainTimeoutMs: 10_000 }).run({ command });
    expect(output.complete).to.equal(true);
    expect(durationMs).to.be.below(9_000);
    await untilGone([Number(stdout)]);
  });
});
