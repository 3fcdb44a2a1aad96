import { expect } from 'chai';
import { systemClock } from '#lib/actors/kernel/clock.js';
import { descendantsOf } from '#lib/actors/process/process-tree.js';
import type { TerminationReport } from '#lib/actors/protocol/execution.js';
import { Termination } from '#lib/actors/worker/termination/termination.js';
import { eventually } from '../../../../support/eventually.js';
import { isRunning } from '../../../../support/proc.js';
import { pidsIn, type TestProcess, useProcesses } from '../../../../support/scripted-processes.js';
import { SimulatedClock } from '../../../../support/simulated-clock.js';

const DEAF = "trap '' TERM;";

describe('Termination', () => {
  const start = useProcesses();

  it('needs no more than SIGTERM for a process that obeys it', async () => {
    const process = await start('echo ready; sleep 60 & wait');
    const { report, tookMs } = await terminate(process, 30_000);
    expect(report.cause).to.equal('cancel');
    expect(signalsOf(report)).to.deep.equal(['SIGTERM']);
    expect(report.treeEmpty).to.equal(true);
    expect(process.child.signalCode).to.equal('SIGTERM');
    expect(tookMs).to.be.below(10_000);
  });

  it('kills a process that ignores SIGTERM, after the grace period and not before', async () => {
    const process = await start(`${DEAF} echo ready; while :; do sleep 0.02; done`);
    const { report } = await terminate(process, 200);
    expect(signalsOf(report)).to.deep.equal(['SIGTERM', 'SIGKILL']);
    const [term, killed] = report.signals.map(({ at }) => at) as [number, number];
    expect(killed - term).to.be.within(199, 5_000);
    expect(process.child.signalCode).to.equal('SIGKILL');
    expect(report.treeEmpty).to.equal(true);
  });

  it('kills at once without a grace period', async () => {
    const process = await start('echo ready; exec sleep 60');
    const { report } = await terminate(process, 0);
    expect(signalsOf(report)).to.deep.equal(['SIGKILL']);
    expect(process.child.signalCode).to.equal('SIGKILL');
  });

  it('lets a process clean up within the grace period', async () => {
    const process = await start(
      "trap 'sleep 0.1; echo cleaned; exit 7' TERM; echo ready; while :; do sleep 0.02; done",
    );
    const { report } = await terminate(process, 30_000);
    expect(signalsOf(report)).to.deep.equal(['SIGTERM']);
    expect(process.child.exitCode).to.equal(7);
    await eventually('it says so', () => process.lines.includes('cleaned'));
  });

  it('ends descendants that have left the group', async () => {
    const process = await start('setsid sh -c "echo \\$\\$; exec sleep 60" & echo ready; wait', 1);
    const [stray = 0] = pidsIn(process.lines);
    await eventually('the stray is seen', () => descendantsOf(process.pid).some(({ pid }) => pid === stray));
    const { report } = await terminate(process, 30_000);
    expect(signalsOf(report)).to.deep.equal(['SIGTERM']);
    expect(report.treeEmpty).to.equal(true);
    expect(isRunning(stray)).to.equal(false);
  });

  it('kills a deaf descendant that left the group, though its parent is gone by then and it cannot be seen', async () => {
    const process = await start(
      `setsid bash -c "${DEAF} echo \\$\\$; while :; do sleep 0.02; done" & echo ready; wait`,
      1,
    );
    const [stray = 0] = pidsIn(process.lines);
    const { report } = await terminate(process, 200);
    expect(process.child.signalCode).to.equal('SIGTERM');
    expect(signalsOf(report)).to.deep.equal(['SIGTERM', 'SIGKILL']);
    expect(report.treeEmpty).to.equal(true);
    expect(isRunning(stray)).to.equal(false);
  });

  it('kills a deaf member of the group that outlives its leader', async () => {
    const script = `bash -c "${DEAF} echo \\$\\$; while :; do sleep 0.02; done" & echo ready; wait`;
    const process = await start(script, 1);
    const [member = 0] = pidsIn(process.lines);
    const { report } = await terminate(process, 200);
    expect(signalsOf(report)).to.deep.equal(['SIGTERM', 'SIGKILL']);
    expect(report.treeEmpty).to.equal(true);
    expect(isRunning(member)).to.equal(false);
  });

  it('kills what was started between the two signals', async () => {
    const script =
      'trap "setsid sh -c \'echo \\$\\$; exec sleep 60\' &" TERM; echo ready; while :; do sleep 0.02; done';
    const process = await start(script);
    const { report } = await terminate(process, 300);
    expect(report.treeEmpty).to.equal(true);
    const stray = await eventually('the stray has named itself', () => pidsIn(process.lines)[0]);
    expect(isRunning(stray)).to.equal(false);
  });

  it('gives whoever reaps the process half a second to tell of its end, then goes by what it sees', async () => {
    const process = await start('echo ready; exec sleep 60');
    const clock = new SimulatedClock();
    const reports: TerminationReport[] = [];
    const termination = new Termination(process.pid, 'stop', 60_000, clock, (report) => reports.push(report));
    termination.begin();
    await process.ended;
    clock.advance(500);
    expect(reports).to.deep.equal([]);
    clock.advance(200);
    expect(reports.map(({ treeEmpty, cause }) => ({ treeEmpty, cause }))).to.deep.equal([
      { treeEmpty: true, cause: 'stop' },
    ]);
    termination.leaderExited();
    clock.advance(60_000);
    expect(reports).to.have.lengthOf(1);
    expect(clock.pending).to.deep.equal([]);
  });

  it('leaves no timer behind', async () => {
    const process = await start('echo ready; exec sleep 60');
    const clock = new SimulatedClock();
    const reports: TerminationReport[] = [];
    const termination = new Termination(process.pid, 'cancel', 500, clock, (report) => reports.push(report));
    termination.begin();
    await process.ended;
    termination.leaderExited();
    expect(reports).to.have.lengthOf(1);
    expect(clock.pending).to.deep.equal([]);
  });
});

async function terminate(
  process: TestProcess,
  killGraceMs: number,
): Promise<{ report: TerminationReport; tookMs: number }> {
  const begunAt = performance.now();
  const report = await new Promise<TerminationReport>((resolve) => {
    const termination = new Termination(process.pid, 'cancel', killGraceMs, systemClock, resolve);
    process.child.once('exit', () => termination.leaderExited());
    termination.begin();
  });
  return { report, tookMs: performance.now() - begunAt };
}

function signalsOf({ signals }: TerminationReport): string[] {
  return signals.map(({ signal }) => signal);
}
