import { expect } from 'chai';
import { type Ending, outcomeOf } from '#lib/actors/worker/outcome.js';
import type { IntakeResult } from '#lib/actors/worker/output/stream-intake.js';
import { jobWith } from '../../../support/protocol.js';

function stream(fields: Partial<IntakeResult> = {}): IntakeResult {
  const nothing = { text: '', totalBytes: 0, truncated: false, droppedBytes: 0 };
  return { ...nothing, spillPath: undefined, spillFailure: null, ...fields };
}

function ending(fields: Partial<Ending> = {}): Ending {
  return {
    job: jobWith(),
    cause: null,
    spawnFailure: null,
    exit: { exitCode: 0, signal: null, resourceUsage: null, groupRemains: null, lost: null },
    report: null,
    pid: 7,
    streams: { stdout: stream(), stderr: stream() },
    complete: true,
    logFailure: null,
    startedAt: 10,
    endedAt: 25,
    durationMs: 14.5,
    ...fields,
  };
}

describe('outcomeOf', () => {
  it('reports both streams, each under its own name', () => {
    const stdout = stream({ text: 'out', totalBytes: 30, truncated: true, droppedBytes: 27 });
    const stderr = stream({ text: 'err', totalBytes: 3 });
    const outcome = outcomeOf(ending({ streams: { stdout, stderr } }));
    expect([outcome.stdout, outcome.stderr]).to.deep.equal(['out', 'err']);
    expect(outcome.output).to.deep.equal({
      stdoutBytes: 30,
      stderrBytes: 3,
      truncated: true,
      droppedBytes: 27,
      complete: true,
    });
  });

  it('is truncated when only standard error is, and adds up what both dropped', () => {
    const streams = { stdout: stream({ droppedBytes: 2 }), stderr: stream({ truncated: true, droppedBytes: 5 }) };
    const { output } = outcomeOf(ending({ streams }));
    expect(output.truncated).to.equal(true);
    expect(output.droppedBytes).to.equal(7);
  });

  it('names the files of oversized streams, and has no such field without one', () => {
    const streams = { stdout: stream({ spillPath: '/a' }), stderr: stream({ spillPath: '/b' }) };
    expect(outcomeOf(ending({ streams })).output).to.include({ stdoutPath: '/a', stderrPath: '/b' });
    expect(outcomeOf(ending()).output).to.not.have.any.keys('stdoutPath', 'stderrPath');
  });

  it('carries how the process ended, when, and what it used', () => {
    const resourceUsage = { userMs: 1, systemMs: 2, maxRssBytes: 3 };
    const report = { cause: 'timeout' as const, signals: [], treeEmpty: true };
    const exit = { exitCode: null, signal: 'SIGKILL' as const, resourceUsage, groupRemains: null, lost: null };
    const outcome = outcomeOf(ending({ cause: 'timeout', exit, report, complete: false }));
    expect(outcome).to.deep.include({ exitCode: null, signal: 'SIGKILL', resourceUsage, termination: report, pid: 7 });
    expect(outcome).to.include({ startedAt: 10, endedAt: 25, durationMs: 14.5, status: 'timeout' });
    expect(outcome.output.complete).to.equal(false);
  });

  it('has neither exit code nor output for a process that never started', () => {
    const never = {
      exit: null,
      streams: null,
      pid: null,
      startedAt: null,
      durationMs: 0,
      spawnFailure: { message: 'no such program', transient: false },
    };
    const outcome = outcomeOf(ending(never));
    expect(outcome).to.include({ status: 'failed', exitCode: null, signal: null, pid: null, stdout: '', stderr: '' });
    expect(outcome.output).to.include({ stdoutBytes: 0, stderrBytes: 0, droppedBytes: 0, truncated: false });
  });

  it('says why a file is not whole: the log first, then the streams', () => {
    const streams = { stdout: stream({ spillFailure: 'out' }), stderr: stream({ spillFailure: 'err' }) };
    expect(outcomeOf(ending({ streams, logFailure: 'log' })).logFailure).to.equal('log');
    expect(outcomeOf(ending({ streams })).logFailure).to.equal('out');
    expect(outcomeOf(ending({ streams: { ...streams, stdout: stream() } })).logFailure).to.equal('err');
    expect(outcomeOf(ending()).logFailure).to.equal(null);
  });
});
