import { expect } from 'chai';
import { exec, type OutputLine, shell } from 'execrx';
import { useEngines } from '../support/engine.js';
import { collect, ofType } from '../support/events.js';
import { eventually } from '../support/eventually.js';

describe('lines', () => {
  const makeEngine = useEngines();

  async function linesOf(text: string, maxLineBytes?: number): Promise<OutputLine[]> {
    const engine = makeEngine(maxLineBytes === undefined ? {} : { maxLineBytes });
    return collect(engine.execute({ command: shell(text) }).output$).done;
  }

  const cases: Array<{ title: string; text: string; lines: string[] }> = [
    { title: 'are split at line feeds', text: "printf 'a\\nb\\n'", lines: ['a', 'b'] },
    { title: 'may be empty', text: "printf '\\n\\na\\n\\n'", lines: ['', '', 'a', ''] },
    { title: 'include a last one without a line feed', text: "printf 'a\\nb'", lines: ['a', 'b'] },
    { title: 'are none where there was no output', text: 'true', lines: [] },
    {
      title: 'lose one trailing carriage return',
      text: "printf 'a\\r\\nb\\r\\r\\nc\\rd\\r\\n\\r\\n'",
      lines: ['a', 'b\r', 'c\rd', ''],
    },
    { title: 'lose it also at the end of the output', text: "printf 'a\\r'", lines: ['a'] },
    {
      title: 'lose it also when the line feed comes later',
      text: "printf 'a\\r'; sleep 0.1; printf '\\nb'",
      lines: ['a', 'b'],
    },
    {
      title: 'are whole when they come in pieces',
      text: "printf 'a'; sleep 0.1; printf 'b'; sleep 0.1; printf 'c\\nd\\n'",
      lines: ['abc', 'd'],
    },
    {
      title: 'keep characters whole when their bytes come in pieces',
      text: "printf '\\303'; sleep 0.1; printf '\\251 \\360\\235'; sleep 0.1; printf '\\204\\236\\n'",
      lines: ['é 𝄞'],
    },
    {
      title: 'show invalid bytes as U+FFFD',
      text: "printf 'a\\377b\\303\\n\\360\\235\\n'",
      lines: ['a\uFFFDb\uFFFD', '\uFFFD'],
    },
  ];
  for (const { title, text, lines } of cases) {
    it(title, async () => {
      expect((await linesOf(text)).map(({ line }) => line)).to.deep.equal(lines);
    });
  }

  it('come in order and complete, on both streams', async () => {
    const command = shell('for i in $(seq 1 20000); do echo out $i; echo err $i >&2; done');
    const run = makeEngine().execute({ command });
    const [stdout, stderr] = await Promise.all([collect(run.stdout$).done, collect(run.stderr$).done]);
    const numbers = Array.from({ length: 20_000 }, (_, index) => index + 1);
    expect(stdout).to.deep.equal(numbers.map((number) => `out ${number}`));
    expect(stderr).to.deep.equal(numbers.map((number) => `err ${number}`));
    expect((await run.result).stdout).to.equal(`${stdout.join('\n')}\n`);
  });

  it('longer than `maxLineBytes` come in pieces that add up, the last one not partial', async () => {
    const pieces = await linesOf("head -c 100 /dev/zero | tr '\\0' a; echo; echo b", 30);
    const a = (count: number) => 'a'.repeat(count);
    expect(pieces.map(({ line, partial }) => [line, partial ?? false])).to.deep.equal([
      [a(30), true],
      [a(30), true],
      [a(30), true],
      [a(10), false],
      ['b', false],
    ]);
  });

  it('of exactly `maxLineBytes` are not partial', async () => {
    const pieces = await linesOf('echo 0123456789; echo 0123456789a', 10);
    expect(pieces.map(({ line, partial }) => [line, partial ?? false])).to.deep.equal([
      ['0123456789', false],
      ['0123456789', true],
      ['a', false],
    ]);
  });

  it('are never cut inside a character', async () => {
    const text = 'é☃𝄞'.repeat(20);
    const pieces = await linesOf(`printf '%s\\n' '${text}'`, 13);
    expect(pieces.map(({ line }) => line).join('')).to.equal(text);
    for (const { line } of pieces) expect(Buffer.byteLength(line)).to.be.within(1, 13);
  });

  it('may have no line feed at all for megabytes: pieces come while the line grows', async () => {
    const run = makeEngine().execute({ command: shell("head -c 3000000 /dev/zero | tr '\\0' a; exec sleep 600") });
    const pieces = collect(run.output$);
    await eventually('most of it is here', () => pieces.values.length >= 45);
    expect(pieces.values.every(({ line, partial }) => line.length === 65_536 && partial)).to.equal(true);
    run.cancel();
    await pieces.done;
    expect(pieces.values.map(({ line }) => line.length).reduce((sum, length) => sum + length)).to.equal(3_000_000);
  });

  it('are marked partial on the event stream as well', async () => {
    const run = makeEngine({ maxLineBytes: 8 }).execute({ command: exec('echo', '0123456789') });
    const events = ofType(await collect(run.events$).done, 'stdout');
    expect(events.map(({ line, partial }) => [line, partial])).to.deep.equal([
      ['01234567', true],
      ['89', undefined],
    ]);
  });

  it('are stamped with the time at which they were read', async () => {
    const run = makeEngine().execute({ command: shell('echo a; sleep 0.3; echo b') });
    const [a, b] = await collect(run.output$).done;
    expect((b?.timestamp ?? 0) - (a?.timestamp ?? 0)).to.be.within(200, 5_000);
  });

  it('are not streamed with `streamOutput: false`; the result and the log have them all the same', async () => {
    const engine = makeEngine({ streamOutput: false });
    const events = collect(engine.events$);
    const run = engine.execute({ command: shell('echo out; echo err >&2') });
    const output = collect(run.output$);
    const { stdout, stderr } = await run.result;
    expect([stdout, stderr]).to.deep.equal(['out\n', 'err\n']);
    expect(await engine.readLogs(run.id))
      .to.include('out\n')
      .and.include('err\n');
    expect(await output.done).to.deep.equal([]);
    expect(events.values.map(({ type }) => type)).to.deep.equal(['queued', 'started', 'completed']);
  });

  it('wait in the process while a subscriber is busy, so memory stays flat', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('yes', 'x'.repeat(999)) });
    let lines = 0;
    run.stdout$.subscribe(() => {
      if (lines++ > 0) return;
      const busyUntil = performance.now() + 500;
      while (performance.now() < busyUntil); // long enough for hundreds of megabytes
      run.cancel();
    });
    expect((await run.result).output.stdoutBytes).to.be.within(1, 10_000_000);
  });
});
