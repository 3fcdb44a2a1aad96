import { expect } from 'chai';
import type { Transition } from '#lib/actors/protocol/event.js';
import type { ExecutionStatus } from '#lib/actors/protocol/execution.js';
import { noStats, reduceStats, statsOf } from '#lib/actors/stats/stats-reducer.js';
import { fc } from '../../../support/fast-check.js';
import { finished, LEGAL_STEPS, queued, retrying, started } from '../../../support/transitions.js';

/** Executions that each walk some legal way, their steps shuffled together. */
const walks = fc.array(
  fc.record({ who: fc.nat(9), choice: fc.nat(), output: fc.nat(1_000), durationMs: fc.nat(10_000) }),
  { maxLength: 200 },
);

describe('stats reducer', () => {
  it('has a total that is the sum of the six, and counts that match, after any legal steps', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const statuses = new Map<number, ExecutionStatus>();
        let state = noStats;
        let outputBytes = 0;
        let retries = 0;
        for (const { who, choice, output, durationMs } of steps) {
          const from = statuses.get(who) ?? null;
          const next = LEGAL_STEPS[from ?? 'none'];
          const step = next[choice % next.length];
          if (!step) continue;
          const transition = step({ from, stdoutBytes: output, durationMs });
          state = reduceStats(state, transition);
          statuses.set(who, transition.to);
          if (transition.event.type === 'retrying') retries++;
          if ('result' in transition.event) outputBytes += output;
          const stats = statsOf(state);
          expectToAddUp(stats);
          for (const status of ['pending', 'running', 'completed', 'failed', 'cancelled', 'timeout'] as const) {
            expect(stats[status]).to.equal([...statuses.values()].filter((one) => one === status).length);
          }
          expect(stats).to.include({ outputBytes, retries });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('counts an execution once from submission to end', () => {
    const counts = run([queued(), started('pending'), finished('running', 'completed')]);
    expect(counts.map(({ pending, running, completed, total }) => [pending, running, completed, total])).to.deep.equal([
      [1, 0, 0, 1],
      [0, 1, 0, 1],
      [0, 0, 1, 1],
    ]);
  });

  it('moves an execution that is retried back to pending, and counts the retry', () => {
    const [, , last] = run([queued(), started('pending'), retrying('running')]);
    expect(last).to.include({ pending: 1, running: 0, retries: 1, total: 1 });
  });

  it('measures durations of executions that started only, and adds up the output of all', () => {
    const never = finished('pending', 'cancelled', { startedAt: null, durationMs: 0 });
    const ran = finished('running', 'failed', { durationMs: 500, startedAt: 1_300, queuedAt: 1_000 }, 30, 12);
    const last = run([queued(), queued(), started('pending'), never, ran]).at(-1);
    expect(last?.durationMs).to.deep.equal({ p50: 500, p95: 500, p99: 500, max: 500 });
    expect(last?.queueMs.max).to.equal(300);
    expect(last?.outputBytes).to.equal(42);
  });

  it('never measures a negative wait, though the wall clock may go back', () => {
    const back = finished('running', 'completed', { startedAt: 900, queuedAt: 1_000 });
    expect(run([queued(), started('pending'), back]).at(-1)?.queueMs.max).to.equal(0);
  });

  it('changes no count for an event that is no step, such as truncated output', () => {
    const event = {
      type: 'output_truncated',
      timestamp: 0,
      executionId: 'x',
      stream: 'stdout',
      limitBytes: 1,
    } as const;
    const [, before, after] = run([queued(), started('pending'), { event, from: 'running', to: 'running' }]);
    expect(after).to.deep.equal(before);
  });
});

function run(transitions: readonly Transition[]) {
  let state = noStats;
  return transitions.map((transition) => {
    state = reduceStats(state, transition);
    return statsOf(state);
  });
}

function expectToAddUp({ total, pending, running, completed, failed, cancelled, timeout }: ReturnType<typeof statsOf>) {
  expect(total).to.equal(pending + running + completed + failed + cancelled + timeout);
}
