import { expect } from 'chai';
import { resultOf, resultWithoutReport, retryDelayMs, terminalEventOf } from '#lib/supervisor/results.js';
import { outcomeWith, resultWith } from '../../support/protocol.js';
import { recordWith } from '../../support/records.js';

describe('resultOf', () => {
  it('is the outcome of the last attempt, with what the supervisor knows', () => {
    const record = recordWith();
    record.attempt = 1;
    record.startedAt = 2_000;
    const output = { stdoutBytes: 3, stderrBytes: 0, truncated: false, droppedBytes: 0, complete: true };
    const outcome = outcomeWith({ stdout: 'out', output, exitCode: 0, durationMs: 12.5, endedAt: 3_000 });
    expect(resultOf(record, outcome, 99)).to.deep.equal({
      id: record.id,
      status: 'completed',
      exitCode: 0,
      signal: null,
      stdout: 'out',
      stderr: '',
      output,
      pid: 4_242,
      attempts: 1,
      queuedAt: 1_000,
      startedAt: 2_000,
      completedAt: 3_000,
      durationMs: 12.5,
      logPath: '/logs/x.log',
      error: null,
      termination: null,
      resourceUsage: null,
    });
  });

  it('measures from the first start to the end when there were several attempts', () => {
    const record = recordWith();
    record.attempt = 3;
    record.startedAt = 500;
    record.startedMonotonicMs = 100;
    const result = resultOf(record, outcomeWith({ startedAt: 2_000, durationMs: 5 }), 1_100);
    expect(result).to.include({ startedAt: 500, durationMs: 1_000, attempts: 3 });
  });

  it('says why it was cancelled in the words of whoever cancelled it', () => {
    const record = recordWith();
    record.cancelReason = 'no longer needed';
    const cancelled = outcomeWith({ status: 'cancelled', error: { code: 'CANCELLED', message: 'cancelled' } });
    expect(resultOf(record, cancelled, 0).error).to.deep.equal({ code: 'CANCELLED', message: 'no longer needed' });
  });

  it('keeps the error of one that failed by itself though it was cancelled too late', () => {
    const record = recordWith();
    record.cancelReason = 'no longer needed';
    const error = { code: 'EXIT_NON_ZERO', message: 'code 1' } as const;
    expect(resultOf(record, outcomeWith({ status: 'failed', error }), 0).error).to.deep.equal(error);
  });
});

describe('resultWithoutReport', () => {
  const error = { code: 'QUEUE_TIMEOUT', message: 'why' } as const;

  it('has no times and a complete, empty output for one that never started', () => {
    const result = resultWithoutReport(recordWith(), 'timeout', error, 5_000, 99);
    expect(result).to.include({ status: 'timeout', startedAt: null, durationMs: 0, completedAt: 5_000, pid: null });
    expect(result).to.include({ exitCode: null, signal: null, attempts: 0, stdout: '', stderr: '', error });
    expect(result.output).to.include({ complete: true, truncated: false, stdoutBytes: 0 });
  });

  it('has its process and times, and an incomplete output, for one whose worker was lost', () => {
    const record = recordWith();
    Object.assign(record, { attempt: 1, pid: 7, startedAt: 2_000, startedMonotonicMs: 100 });
    const result = resultWithoutReport(record, 'failed', error, 5_000, 350);
    expect(result).to.include({ pid: 7, startedAt: 2_000, durationMs: 250, attempts: 1 });
    expect(result.output.complete).to.equal(false);
  });
});

describe('terminalEventOf', () => {
  const error = { code: 'CANCELLED', message: 'why' } as const;

  it('is the event of the result’s status, with what that event carries', () => {
    const base = { timestamp: 3_000, executionId: 'an id' };
    const completed = resultWith();
    expect(terminalEventOf(completed)).to.deep.equal({ type: 'completed', ...base, result: completed });
    const failed = resultWith({ status: 'failed', error });
    expect(terminalEventOf(failed)).to.deep.equal({ type: 'failed', ...base, result: failed, error });
    const cancelled = resultWith({ status: 'cancelled', error });
    expect(terminalEventOf(cancelled)).to.deep.equal({ type: 'cancelled', ...base, result: cancelled, reason: 'why' });
    const timeout = resultWith({ status: 'timeout', error });
    expect(terminalEventOf(timeout)).to.deep.equal({ type: 'timeout', ...base, result: timeout });
  });
});

describe('retryDelayMs', () => {
  const policy = { attempts: 4, backoffMs: 100, factor: 2, maxBackoffMs: 350, on: ['failed' as const] };
  const failed = outcomeWith({ status: 'failed' });

  it('grows by the factor with each attempt, up to the longest pause', () => {
    expect([1, 2, 3].map((attempt) => retryDelayMs(policy, attempt, failed))).to.deep.equal([100, 200, 350]);
  });

  it('is none after the last attempt, and none without a policy', () => {
    expect(retryDelayMs(policy, 4, failed)).to.equal(null);
    expect(retryDelayMs(null, 1, failed)).to.equal(null);
    expect(retryDelayMs({ ...policy, attempts: 1 }, 1, failed)).to.equal(null);
  });

  it('is none for outcomes that the policy does not name', () => {
    const timeout = outcomeWith({ status: 'timeout' });
    expect(retryDelayMs(policy, 1, timeout)).to.equal(null);
    expect(retryDelayMs({ ...policy, on: ['timeout'] }, 1, timeout)).to.equal(100);
    expect(retryDelayMs({ ...policy, on: ['timeout'] }, 1, failed)).to.equal(null);
    for (const status of ['completed', 'cancelled'] as const) {
      expect(retryDelayMs({ ...policy, on: ['failed', 'timeout'] }, 1, outcomeWith({ status }))).to.equal(null);
    }
  });

  it('is a number however many attempts there were', () => {
    const patient = { ...policy, attempts: 1_000_000 };
    expect(retryDelayMs(patient, 5_000, failed)).to.equal(350);
    expect(retryDelayMs({ ...patient, backoffMs: 0 }, 5_000, failed)).to.equal(0);
  });
});
