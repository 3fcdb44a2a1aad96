import { expect } from 'chai';
import type { Failure } from 'execrx';
import { runApp } from '../support/fault/app.js';

interface Outcome {
  status: string;
  stdout: string;
  error: Failure | null;
}

async function outcomesWithFewDescriptors(...args: string[]): Promise<Outcome[]> {
  const { exitCode, stdout, stderr } = await runApp('out-of-descriptors', ['prlimit', '--nofile=400'], args);
  expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('an app that is out of descriptors (EMFILE)', () => {
  it('has its commands started once there are some again', async () => {
    const outcomes = await outcomesWithFewDescriptors('20', '0', '300');
    expect(outcomes).to.deep.equal(outcomes.map(() => ({ status: 'completed', stdout: 'done\n', error: null })));
    expect(outcomes).to.have.length(20);
  });

  it('gets SPAWN_FAILED with the reason when there are none for too long, and runs on', async () => {
    const outcomes = await outcomesWithFewDescriptors('3');
    for (const { status, error } of outcomes) {
      expect({ status, code: error?.code }).to.deep.equal({ status: 'failed', code: 'SPAWN_FAILED' });
      expect(error?.message)
        .to.include('Cannot start sh')
        .and.to.include('descriptors')
        .and.to.include('EMFILE')
        .and.to.include('fewer');
    }
  });

  it('has everything done when more runs at once than it has descriptors for', async () => {
    const outcomes = await outcomesWithFewDescriptors('300', '30');
    expect(outcomes.filter(({ status }) => status !== 'completed')).to.deep.equal([]);
    expect(outcomes).to.have.length(300);
  });
});
