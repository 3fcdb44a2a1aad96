import { expect } from 'chai';
import { advance, startProgress, TAIL_LINES } from '#lib/cli/view/progress.js';
import type { ExecutionEvent } from '#lib/index.js';
import { failedWith, ran } from '../../../support/run-reports.js';

const timestamp = 0;
const label = (id: string) => `label of ${id}`;
const started = (executionId: string): ExecutionEvent => ({
  type: 'started',
  timestamp,
  executionId,
  pid: 1,
  command: { type: 'exec', program: 'x' },
  attempt: 1,
});
const line = (executionId: string, text: string): ExecutionEvent => ({
  type: 'stdout',
  timestamp,
  executionId,
  line: text,
});

describe('the progress of a run', () => {
  it('has a command on show from its start to its end', () => {
    const progress = startProgress(0, 2);
    advance(progress, { type: 'queued', timestamp, executionId: 'a' }, label, 5);
    expect(progress.running.size).to.equal(0);
    advance(progress, started('a'), label, 10);
    expect(progress.running.get('a')).to.deep.equal({
      label: 'label of a',
      startedAt: 10,
      waitsForRetry: false,
      tail: [],
    });
    const result = ran(0, 30);
    advance(progress, { type: 'completed', timestamp, executionId: 'a', result }, label, 40);
    expect(progress.running.size).to.equal(0);
    expect(progress).to.deep.include({ done: 1, failed: 0, durations: { count: 1, sumMs: 30, longestMs: 30 } });
  });

  it('gives the last lines of a command with its end', () => {
    const progress = startProgress(0, 1);
    advance(progress, started('a'), label, 0);
    for (let number = 1; number <= 25; number++) advance(progress, line('a', `line ${number}`), label, 0);
    const result = ran(0, 30, failedWith('EXIT_NON_ZERO'));
    const error = { code: 'EXIT_NON_ZERO', message: '' } as const;
    const end = advance(progress, { type: 'failed', timestamp, executionId: 'a', result, error }, label, 40);
    expect(end?.tail).to.deep.equal(Array.from({ length: TAIL_LINES }, (_, index) => `line ${index + 16}`));
    expect(progress.failed).to.equal(1);
  });

  it('counts what was cancelled apart from what failed', () => {
    const progress = startProgress(0, 2);
    const error = { code: 'CANCELLED', message: 'interrupted' } as const;
    const result = ran(0, 30, { status: 'cancelled', error });
    advance(progress, { type: 'cancelled', timestamp, executionId: 'a', reason: 'interrupted', result }, label, 40);
    expect(progress).to.deep.include({ done: 1, failed: 0, cancelled: 1 });
  });

  it('keeps the clock of a command that is tried again', () => {
    const progress = startProgress(0, 1);
    advance(progress, started('a'), label, 10);
    advance(progress, { type: 'retrying', timestamp, executionId: 'a', attempt: 2, delayMs: 5 }, label, 20);
    expect(progress.running.get('a')).to.deep.include({ waitsForRetry: true, startedAt: 10 });
    advance(progress, started('a'), label, 30);
    expect(progress.running.get('a')).to.deep.include({ waitsForRetry: false, startedAt: 10 });
  });

  it('counts what never ran as done, but not among the durations', () => {
    const progress = startProgress(0, 3);
    const event = { type: 'progress', timestamp, planId: 'p', completed: 2, total: 3, currentCommand: null } as const;
    advance(progress, event, label, 0);
    expect(progress).to.deep.include({ done: 2, durations: { count: 0, sumMs: 0, longestMs: 0 } });
  });
});
