import { expect } from 'chai';
import type { FailureCode } from '#lib/actors/protocol/execution.js';
import type { AttemptOutcome } from '#lib/actors/protocol/wire.js';
import { retryDelayMs } from '#lib/supervisor/results.js';

describe('the pause before a retry', () => {
  const retry = { attempts: 3, backoffMs: 10, factor: 1, maxBackoffMs: 1_000, on: ['failed' as const] };
  const failedWith = (code: FailureCode) =>
    ({ status: 'failed', error: { code, message: 'for the test' } }) as AttemptOutcome;

  it('is none where the launcher was lost, because the command may have run', () => {
    expect(retryDelayMs(retry, 1, failedWith('LAUNCHER_LOST'))).to.equal(null);
  });

  it('is the backoff where the program could not be started', () => {
    expect(retryDelayMs(retry, 1, failedWith('SPAWN_FAILED'))).to.equal(10);
  });
});
