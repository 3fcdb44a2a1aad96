import { expect } from 'chai';
import { runApp } from '../support/fault/app.js';

describe('a logger that throws', () => {
  it('stops neither the engine nor its cleanup, and each error comes out as an uncaught one of the app', async () => {
    const { exitCode, stdout, stderr } = await runApp('throwing-logger');
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    const [worked, told] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(worked).to.deep.equal({
      lost: 'WORKER_LOST',
      kept: ['round 0\n', 'round 1\n', 'round 2\n'],
      unlogged: 'unlogged\n',
    });
    expect(told.calls).to.include.members([
      'worker thread ready',
      'worker thread lost',
      'forgot finished executions',
      'removed old logs',
      'the log directory could not be swept',
      'output could not be written to its file',
    ]);
    expect(told.uncaught).to.deep.equal(told.calls.map((message: string) => `logger: ${message}`));
  });
});
