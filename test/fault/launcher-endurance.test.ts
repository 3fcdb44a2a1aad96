import { expect } from 'chai';
import { runApp } from '../support/fault/app.js';

const LEAST = 6_000;
const MOST = 20_000;
const PERIOD_MS = 20_000;
const MORE_MEGABYTES = 60;
/** A nursery of the usual size grows to 48 MB in its own time, which says nothing about leaks. */
const SMALL_NURSERY = ['env', 'NODE_OPTIONS=--max-semi-space-size=2'];

interface Holding {
  descriptors: number;
  megabytes: number;
}

describe('thousands of executions through launchers', () => {
  it('leave no zombie, no descriptor and no memory behind, in the app and in the launchers', async function () {
    this.timeout(90_000);
    const app = await runApp('many-executions', SMALL_NURSERY, [LEAST, MOST, PERIOD_MS].map(String));
    expect(app).to.include({ exitCode: 0, stderr: '' });
    const report = JSON.parse(app.stdout) as { done: number; failures: unknown[]; first: Holding[]; last: Holding[] };
    const { done, failures, first, last } = report;
    expect(failures).to.deep.equal([]);
    expect(done).to.be.at.least(LEAST);
    expect(last).to.have.lengthOf(3);
    expect(last.map(({ descriptors }) => descriptors)).to.deep.equal(first.map(({ descriptors }) => descriptors));
    for (const [index, { megabytes }] of last.entries()) {
      expect(megabytes - (first[index]?.megabytes ?? 0), `process ${index}`).to.be.below(MORE_MEGABYTES);
    }
  });
});
