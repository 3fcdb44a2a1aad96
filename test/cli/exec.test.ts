import { expect } from 'chai';
import { run, useCommandLines } from '../support/cli/command-line.js';
import { eventually } from '../support/eventually.js';

describe('execrx exec', () => {
  const start = useCommandLines();

  it('passes output and errors through, each on its own stream', async () => {
    const script = 'echo out; echo err >&2; printf "no line end"';
    expect(await run(['exec', '--', 'sh', '-c', script])).to.deep.equal({
      code: 0,
      signal: null,
      out: 'out\nno line end',
      err: 'err\n',
    });
  });

  it('passes arguments on as they are, options too, with or without --', async () => {
    for (const dashes of [['--'], []]) {
      const { out } = await run(['exec', ...dashes, 'printf', '%s|', '--json', 'a b', '$(id)', '', '--', '-x']);
      expect(out).to.equal('--json|a b|$(id)||--|-x|');
    }
  });

  it('passes its input on', async () => {
    const input = Array.from({ length: 100_000 }, (_, index) => `line ${index}`).join('\n');
    expect((await run(['exec', '--', 'cat'], { input })).out).to.equal(input);
  });

  it('passes on bytes that are no text, and lines that end in other ways', async () => {
    const script = "printf 'a\\r\\n\\377\\000b\\r'";
    const { child, ended } = start(['exec', '--', 'sh', '-c', script], { input: '' });
    const bytes: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => bytes.push(chunk));
    await ended;
    expect(Buffer.concat(bytes).toString('latin1')).to.equal('a\r\n\xff\0b\r');
  });

  it('passes a line on before the next one comes', async () => {
    const { child, out, ended } = start(['exec', '--', 'cat']);
    child.stdin?.write('first\n');
    await eventually('the line has come back', () => out() === 'first\n');
    child.stdin?.end('second');
    expect((await ended).out).to.equal('first\nsecond');
  });

  it('ends although its input goes on', async () => {
    expect((await start(['exec', '--', 'true']).ended).code).to.equal(0);
  });

  it('ends with 1 for a command that fails, and says how', async () => {
    const failed = await run(['exec', '--', 'sh', '-c', 'exit 7']);
    expect(failed).to.deep.include({ code: 1, out: '', err: 'execrx: sh: The process exited with code 7\n' });
    const missing = await run(['exec', '--', 'no-such-program']);
    expect(missing.code).to.equal(1);
    expect(missing.err).to.include('no-such-program');
    const late = await run(['exec', '--timeout', '50ms', '--', 'sleep', '60']);
    expect(late.code).to.equal(1);
    expect(late.err).to.match(/^execrx: sleep: .*50 ms/);
  });

  it('prints events instead of output with --json', async () => {
    const { out, err } = await run(['exec', '--json', '--', 'echo', 'text']);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ type }) => type)).to.deep.equal(['queued', 'started', 'stdout', 'completed']);
    expect(err).to.equal('');
  });

  it("takes the engine's settings from the environment, and refuses what is none", async () => {
    const truncated = await run(['exec', '--json', '--', 'echo', 'text'], { env: { EXECRX_STREAM_OUTPUT: 'false' } });
    expect(truncated.out).not.to.include('"type":"stdout"');
    const refused = await run(['exec', '--', 'true'], { env: { EXECRX_NO_SUCH_THING: '1' } });
    expect(refused.code).to.equal(2);
    expect(refused.err).to.include('EXECRX_NO_SUCH_THING');
  });
});
