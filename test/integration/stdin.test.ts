import { expect } from 'chai';
import { exec, NotRunningError, shell } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { thrownBy } from '../support/rejection.js';

describe('stdin', () => {
  const makeEngine = useEngines();

  it('is at its end at once by default', async () => {
    const { status, stdout } = await makeEngine().run({ command: exec('cat') });
    expect([status, stdout]).to.deep.equal(['completed', '']);
  });

  it('is the text of the request, then its end', async () => {
    const engine = makeEngine();
    for (const stdin of ['', 'one\ntwo', 'é ☃ 𝄞\n']) {
      expect((await engine.run({ command: exec('cat'), stdin })).stdout).to.equal(stdin);
    }
  });

  it('is the bytes of the request as they were at the call', async () => {
    const engine = makeEngine();
    for (const bytes of [new Uint8Array(300_000), Buffer.alloc(300_000), Buffer.from('from the pool')]) {
      bytes.fill(0x61);
      const run = engine.execute({ command: exec('cat'), stdin: bytes });
      bytes.fill(0x62);
      expect((await run.result).stdout).to.equal('a'.repeat(bytes.length));
    }
  });

  it('passes every byte value, and not only text', async () => {
    const stdin = Uint8Array.from({ length: 256 }, (_, index) => index);
    const { stdout } = await makeEngine().run({ command: shell("od -An -v -tu1 | tr -s ' \\n' ' '"), stdin });
    expect(stdout.trim().split(' ').map(Number)).to.deep.equal([...stdin]);
  });

  it('may be more than the process reads', async () => {
    const { status } = await makeEngine().run({ command: exec('true'), stdin: 'x'.repeat(5_000_000) });
    expect(status).to.equal('completed');
  });

  it('is given again to every attempt of a retry', async () => {
    const { stdout, attempts } = await makeEngine().run({
      command: shell('cat; exit 1'),
      stdin: 'same\n',
      retry: { attempts: 2, backoffMs: 1 },
    });
    expect([stdout, attempts]).to.deep.equal(['same\n', 2]);
  });
});

describe('live stdin', () => {
  const makeEngine = useEngines();

  it('feeds a conversation: each line answered before the next is written', async () => {
    const run = makeEngine().execute({ command: exec('cat'), stdin: { pipe: true } });
    const lines = collect(run.stdout$);
    for (const [index, word] of ['one', 'two', 'three'].entries()) {
      await run.write(`${word}\n`);
      await eventually(`${word} comes back`, () => lines.values.length === index + 1);
    }
    run.end();
    expect((await run.result).stdout).to.equal('one\ntwo\nthree\n');
    expect(lines.values).to.deep.equal(['one', 'two', 'three']);
  });

  it('holds what is written before the process starts, in order, with its end', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const blocker = await startedBlocker(engine);
    const run = engine.execute({ command: exec('cat'), stdin: { pipe: true } });
    const bytes = Buffer.from('b');
    const written = [run.write('a'), run.write(bytes), run.write('c')];
    bytes.fill('x');
    run.end();
    blocker.release();
    expect((await run.result).stdout).to.equal('abc');
    await Promise.all(written);
  });

  it('makes a writer wait until the process reads', async () => {
    const engine = makeEngine();
    const readsWhenTold = "trap 'cat | wc -c; exit 0' USR1; echo ready; while :; do sleep 0.05; done";
    const run = engine.execute({ command: shell(readsWhenTold), stdin: { pipe: true } });
    const lines = collect(run.stdout$);
    let taken = false;
    const written = run.write('x'.repeat(10_000_000)).then(() => {
      taken = true;
    });
    await eventually('it runs', () => lines.values.length === 1);
    // The same thread tells the end of this one after everything it has to say about the write.
    await engine.run({ command: exec('true') });
    expect(taken).to.equal(false);
    const { pid } = engine.listExecutions({ status: 'running' })[0] ?? {};
    process.kill(pid as number, 'SIGUSR1');
    await written;
    run.end();
    expect((await run.result).stdout).to.equal('ready\n10000000\n');
  });

  it('refuses to be written to after its end, and after the end of the process', async () => {
    const run = makeEngine().execute({ command: exec('cat'), stdin: { pipe: true } });
    run.end();
    run.end();
    expect(thrownBy(() => run.write('late'))).to.be.instanceOf(NotRunningError);
    await run.result;
    expect(thrownBy(() => run.write('late'))).to.be.instanceOf(NotRunningError);
    expect(thrownBy(() => run.end())).to.be.instanceOf(NotRunningError);
  });

  it('exists only where the request asked for it', async () => {
    const run = makeEngine().execute({ command: exec('sleep', '600'), stdin: 'text' });
    expect(thrownBy(() => run.write('x'))).to.be.instanceOf(NotRunningError);
    expect(thrownBy(() => run.end())).to.be.instanceOf(NotRunningError);
  });
});
