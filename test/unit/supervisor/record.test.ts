import { expect } from 'chai';
import { endRecord, recordWith } from '../../support/records.js';

describe('ExecutionRecord', () => {
  it('resolves its outcome for whoever asks before and after the end', async () => {
    const record = recordWith();
    const before = record.outcome;
    endRecord(record, 'completed');
    const result = record.result as NonNullable<typeof record.result>;
    record.announceOutcome(result);
    expect(await before).to.equal(result);
    expect(await record.outcome).to.equal(result);
  });

  it('resolves its outcome for one who asks only after the end', async () => {
    const record = recordWith();
    endRecord(record, 'failed');
    const result = record.result as NonNullable<typeof record.result>;
    record.announceOutcome(result);
    expect(await record.outcome).to.equal(result);
  });

  it('takes live input only where the request said so', () => {
    expect(recordWith().input).to.equal(null);
    expect(recordWith({ stdin: { type: 'data', data: 'x' } }).input).to.equal(null);
    expect(recordWith({ stdin: { type: 'pipe' } }).input).to.not.equal(null);
  });

  it('knows when it ended, for retention', () => {
    const record = recordWith();
    expect(record.completedAt).to.equal(0);
    endRecord(record, 'completed', { completedAt: 777 });
    expect(record.completedAt).to.equal(777);
  });
});
