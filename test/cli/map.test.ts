import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { execrx, run, useCommandLines } from '../support/cli/command-line.js';
import { eventually } from '../support/eventually.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

const NASTY = ['a b', "it's", '"', '$(id)', '`id`', '--help', '{}', '*', ';', '\\', '$1', '漢字', ' '];

describe('execrx map', () => {
  const start = useCommandLines();
  const path = useTemporaryDirectory();

  it('runs the command once for each line', async () => {
    const input = `${NASTY.join('\n')}\n\nlast`;
    const { code, out } = await run(['map', '--keep-order', 'printf "<%s>\n" {}'.replace('\n', '\\n')], { input });
    expect({ code, out }).to.deep.equal({ code: 0, out: [...NASTY, 'last'].map((item) => `<${item}>\n`).join('') });
  });

  it('takes items from its arguments, and then leaves its input alone', async () => {
    const { out } = await start(['map', '-k', "printf '[%s]' pre{}post", '--', ...NASTY, '']).ended;
    expect(out).to.equal([...NASTY, ''].map((item) => `[pre${item}post]`).join(''));
    expect(await start(['map', 'echo', '--']).ended).to.deep.include({ code: 0, out: '' });
  });

  it('prints outputs as they come, or in the order of the items with --keep-order', async () => {
    for (const [options, expected] of [
      [[], 'late\nearly\n'],
      [['--keep-order'], 'early\nlate\n'],
    ] as const) {
      const made = path(`late${options.length}`);
      const wait = `until [ -s ${made} ]; do sleep 0.02; done; while kill -0 $(cat ${made}); do sleep 0.02; done 2> ${path('none')}`;
      const script = `if [ "$0" = early ]; then ${wait}; else echo $$ > ${made}; fi; echo "$0"`;
      const { out } = await run(['map', '--jobs', '2', ...options, `sh -c '${script}'`, '--', 'early', 'late']);
      expect(out).to.equal(expected);
    }
  });

  it('names the item in each event, with --json', async () => {
    const { out } = await run(['map', '--json', 'sh -c \'echo "$0"; test "$0" != bad\'', '--', 'good', 'bad']);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; item: string });
    const of = (name: string) => events.filter(({ item }) => item === name).map(({ type }) => type);
    expect(of('good')).to.deep.equal(['queued', 'started', 'stdout', 'completed']);
    expect(of('bad')).to.deep.equal(['queued', 'started', 'stdout', 'failed']);
    expect(events).to.have.lengthOf(8);
  });

  it('loses no output when there are hardly any descriptors, or says of which item', async () => {
    const limited = `ulimit -n 40; seq 300 | exec ${execrx} map --jobs 50 'sh -c "sleep 0.02; echo x"'`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', `${limited}; true`]);
    const failed = Number(/^execrx: (\d+) of 300 items failed/m.exec(stderr)?.[1] ?? 0);
    expect(stdout.split('\n').filter((line) => line === 'x').length + failed).to.equal(300);
    expect(failed).to.be.below(150);
  });

  it('takes items that end with NUL bytes', async () => {
    const { out } = await run(['map', '-0', '-k', "printf '[%s]'"], { input: 'a\nb\0c\0' });
    expect(out).to.equal('[a\nb][c]');
  });

  it('gives the shell no item to read, with --shell', async () => {
    const { out } = await run(['map', '-k', '--shell', "printf '%s;' {} | cat", '--', ...NASTY]);
    expect(out).to.equal(NASTY.map((item) => `${item};`).join(''));
  });

  it('prints the output of a command in one piece, byte for byte', async () => {
    const script = 'for i in 1 2 3; do printf "$0$i\\377"; sleep 0.02; done; printf "\\n"';
    const { child, ended } = start(['map', '--jobs', '3', `sh -c '${script}'`], { input: 'a\nb\nc\n' });
    const bytes: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => bytes.push(chunk));
    await ended;
    const lines = Buffer.concat(bytes).toString('latin1').trimEnd().split('\n').sort();
    expect(lines).to.deep.equal(['a', 'b', 'c'].map((item) => `${item}1\xff${item}2\xff${item}3\xff`));
  });

  it('prints lines as they come after their items, with --lines', async () => {
    const { out, err } = await run(['map', '--lines', `sh -c 'echo out "$0"; echo err >&2'`, '--', 'a', 'b c']);
    expect(out.trimEnd().split('\n').sort()).to.deep.equal(['a | out a', 'b c | out b c']);
    expect(err.trimEnd().split('\n').sort()).to.deep.equal(['a | err', 'b c | err']);
  });

  it('goes on after a failure, says for which item it was, and ends with 1', async () => {
    const { code, out, err } = await run(['map', '-k', `sh -c 'echo "$0"; exit "$0"'`, '--', '0', '3', '0']);
    expect({ code, out }).to.deep.equal({ code: 1, out: '0\n3\n0\n' });
    expect(err).to.equal('execrx: 3: The process exited with code 3\nexecrx: 1 of 3 items failed\n');
  });

  it('prints only what failed, with --quiet', async () => {
    const { out } = await run(['map', '-q', `sh -c 'echo "$0"; exit "$0"'`, '--', '0', '3']);
    expect(out).to.equal('3\n');
  });

  it('counts an item that cannot be an argument as failed', async () => {
    const input = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff, 10]), Buffer.from('nul\0byte\nb\n')]);
    const { code, out, err } = await run(['map', '-k', 'echo'], { input });
    expect({ code, out }).to.deep.equal({ code: 1, out: 'a\nb\n' });
    expect(err).to.include('not UTF-8').and.to.include('NUL byte').and.to.include('2 of 4 items failed');
  });

  it('prints the commands and runs nothing, with --dry-run', async () => {
    const { code, out } = await run(['map', '--dry-run', `touch ${path('made')}-{}`, '--', 'a b', "it's"]);
    expect({ code, out }).to.deep.equal({
      code: 0,
      out: `touch '${path('made')}-a b'\ntouch '${path('made')}-it'"'"'s'\n`,
    });
  });

  it('begins no more items than it needs, however many there are', async () => {
    const { child, out } = start(['map', '--jobs', '2', '--lines', `sh -c 'echo "$0"; exec sleep 60'`]);
    let asked = 0;
    const feed = () => {
      while (asked < 10_000_000 && child.stdin?.writable && child.stdin.write(`${'item'.repeat(1_000)} ${asked++}\n`));
      child.stdin?.once('drain', feed);
    };
    feed();
    await eventually('two have begun', () => out().split('\n').length > 2);
    const before = asked;
    await eventually('the input is not read on', () => child.stdin?.writableNeedDrain);
    expect(asked).to.be.below(before + 100_000);
    child.kill('SIGINT');
  });

  it('runs nothing for no items', async () => {
    expect(await run(['map', 'echo'])).to.deep.include({ code: 0, out: '', err: '' });
  });
});
