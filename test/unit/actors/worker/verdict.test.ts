import { expect } from 'chai';
import type { TerminationCause } from '#lib/actors/protocol/execution.js';
import { verdictOf } from '#lib/actors/worker/verdict.js';

const job = { timeoutMs: 500, idleTimeoutMs: 70, maxOutputSizeBytes: 1_234 };
const nothing = { cause: null, spawnFailure: null, exit: null };
const exit = (exitCode: number | null, signal: NodeJS.Signals | null = null) => ({
  exitCode,
  signal,
  resourceUsage: null,
  groupRemains: null,
  lost: null,
});
const refusal = (message: string) => ({ message, transient: false });

describe('verdictOf', () => {
  it('is completed for exit code 0', () => {
    expect(verdictOf({ ...nothing, exit: exit(0) }, job)).to.deep.equal({ status: 'completed', error: null });
  });

  it('is failed for any other exit code, and names it', () => {
    for (const code of [1, 127, 255]) {
      const { status, error } = verdictOf({ ...nothing, exit: exit(code) }, job);
      expect([status, error?.code]).to.deep.equal(['failed', 'EXIT_NON_ZERO']);
      expect(error?.message).to.contain(`code ${code}`);
    }
  });

  it('is failed for a signal that was not ours, and names it', () => {
    const { status, error } = verdictOf({ ...nothing, exit: exit(null, 'SIGSEGV') }, job);
    expect([status, error?.code]).to.deep.equal(['failed', 'SIGNALLED']);
    expect(error?.message).to.contain('SIGSEGV');
  });

  it('is failed for a process that could not be started, in the words of the spawner', () => {
    const { status, error } = verdictOf({ ...nothing, spawnFailure: refusal('no such program') }, job);
    expect({ status, error }).to.deep.equal({
      status: 'failed',
      error: { code: 'SPAWN_FAILED', message: 'no such program' },
    });
  });

  it('is LAUNCHER_LOST when the launcher went, before the start or after it', () => {
    const before = verdictOf({ ...nothing, spawnFailure: { ...refusal('gone'), lost: true } }, job);
    const after = verdictOf({ ...nothing, exit: { ...exit(null), lost: 'gone' } }, job);
    for (const verdict of [before, after]) {
      expect(verdict).to.deep.equal({ status: 'failed', error: { code: 'LAUNCHER_LOST', message: 'gone' } });
    }
  });

  const causes: Array<[TerminationCause, status: string, code: string, says: RegExp]> = [
    ['timeout', 'timeout', 'TIMEOUT', /500 ms/],
    ['idle_timeout', 'timeout', 'IDLE_TIMEOUT', /70 ms/],
    ['output_limit', 'failed', 'OUTPUT_LIMIT_EXCEEDED', /1234 bytes/],
    ['cancel', 'cancelled', 'CANCELLED', /cancelled/],
    ['stop', 'cancelled', 'ENGINE_STOPPED', /stopped/],
  ];
  for (const [cause, status, code, says] of causes) {
    it(`is ${status} with ${code} for ${cause}, however the process then ended`, () => {
      const endings = [
        { ...nothing, cause },
        { ...nothing, cause, exit: exit(0) },
        { ...nothing, cause, exit: exit(3) },
        { ...nothing, cause, exit: exit(null, 'SIGKILL') },
        { ...nothing, cause, spawnFailure: refusal('gave up') },
      ];
      for (const ending of endings) {
        const verdict = verdictOf(ending, job);
        expect([verdict.status, verdict.error?.code]).to.deep.equal([status, code]);
        expect(verdict.error?.message).to.match(says);
      }
    });
  }
});
