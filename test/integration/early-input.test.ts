import { expect } from 'chai';
import { createEngine, type ExecutionEngine, exec } from 'execrx';

describe('live input given before the process has started', () => {
  let engine: ExecutionEngine;

  beforeEach(() => {
    engine = createEngine({ logOutput: false, maxConcurrentExecutions: 1, workerThreads: 1 });
  });

  afterEach(() => engine.stop());

  it('reaches the process whole and in order', async () => {
    const run = engine.execute({ command: exec('cat'), stdin: { pipe: true } });
    void run.write('one\n');
    void run.write('two\n');
    run.end();
    expect((await run.result).stdout).to.equal('one\ntwo\n');
  });

  it('reaches a process that waited for a slot', async () => {
    const first = engine.execute({ command: exec('cat'), stdin: { pipe: true } });
    const second = engine.execute({ command: exec('cat'), stdin: { pipe: true } });
    const taken = second.write('late\n');
    second.end();
    first.end();
    await taken;
    expect((await second.result).stdout).to.equal('late\n');
  });
});
