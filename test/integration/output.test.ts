import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { useEngines } from '../support/engine.js';
import { collect, ofType, typesOf } from '../support/events.js';
import { processesWith } from '../support/processes.js';

/** A command that writes this many bytes to stdout. */
const bytes = (count: number) => shell(`head -c ${count} /dev/zero | tr '\\0' a`);
const a = (count: number) => 'a'.repeat(count);

describe('kept output', () => {
  const makeEngine = useEngines();

  it('is the bytes of each stream, decoded as UTF-8', async () => {
    const command = shell("printf 'é☃\\n'; printf '\\377x' >&2");
    const { stdout, stderr, output } = await makeEngine().run({ command });
    expect([stdout, stderr]).to.deep.equal(['é☃\n', '\uFFFDx']);
    expect(output).to.deep.equal({ stdoutBytes: 6, stderrBytes: 2, truncated: false, droppedBytes: 0, complete: true });
  });

  it('is decoded as a whole: a character whose bytes come in pieces is one', async () => {
    const { stdout } = await makeEngine().run({
      command: shell("printf '\\360\\235'; sleep 0.1; printf '\\204\\236'"),
    });
    expect(stdout).to.equal('𝄞');
  });

  it('is complete for megabytes, subscribed to or not', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: bytes(5_000_000) });
    const { stdout, output } = await run.result;
    expect(stdout === a(5_000_000)).to.equal(true);
    expect(output).to.deep.include({ stdoutBytes: 5_000_000, truncated: false, droppedBytes: 0 });
  });
});

describe('oversized output, truncate_with_warning,', () => {
  const makeEngine = useEngines();

  it('keeps the first bytes and says in a last line how many of how many', async () => {
    const run = makeEngine({ maxOutputSizeBytes: 1_000 }).execute({ command: bytes(1_500) });
    const events = await collect(run.events$).done;
    const { status, stdout, output, termination } = await run.result;
    expect(stdout).to.equal(`${a(1_000)}\n[execrx: output truncated, kept 1000 of 1500 bytes]`);
    expect(output).to.deep.equal({
      stdoutBytes: 1_500,
      stderrBytes: 0,
      truncated: true,
      droppedBytes: 500,
      complete: true,
    });
    expect([status, termination]).to.deep.equal(['completed', null]);
    expect(ofType(events, 'output_truncated').map(({ stream, limitBytes }) => [stream, limitBytes])).to.deep.equal([
      ['stdout', 1_000],
    ]);
  });

  it('begins one byte past the limit', async () => {
    const engine = makeEngine({ maxOutputSizeBytes: 1_000 });
    const exact = await engine.run({ command: bytes(1_000) });
    expect([exact.stdout, exact.output.truncated, exact.output.droppedBytes]).to.deep.equal([a(1_000), false, 0]);
    const over = await engine.run({ command: bytes(1_001) });
    expect(over.stdout).to.equal(`${a(1_000)}\n[execrx: output truncated, kept 1000 of 1001 bytes]`);
    expect([over.output.truncated, over.output.droppedBytes]).to.deep.equal([true, 1]);
  });

  it('cuts before a character, not inside it, and adds no line where one has just ended', async () => {
    const engine = makeEngine();
    const cut = await engine.run({ command: exec('printf', 'éé☃'), maxOutputSizeBytes: 5 });
    expect(cut.stdout).to.equal('éé\n[execrx: output truncated, kept 4 of 7 bytes]');
    expect(cut.output.droppedBytes).to.equal(3);
    const atLine = await engine.run({ command: exec('printf', 'abc\ndef'), maxOutputSizeBytes: 4 });
    expect(atLine.stdout).to.equal('abc\n[execrx: output truncated, kept 4 of 7 bytes]');
  });

  it('counts each stream by itself', async () => {
    const command = shell('printf 1234567890; printf 12345678901 >&2');
    const { stdout, stderr, output } = await makeEngine().run({ command, maxOutputSizeBytes: 10 });
    expect(stdout).to.equal('1234567890');
    expect(stderr).to.equal('1234567890\n[execrx: output truncated, kept 10 of 11 bytes]');
    expect(output).to.deep.include({ stdoutBytes: 10, stderrBytes: 11, truncated: true, droppedBytes: 1 });
  });

  it('may keep nothing at all', async () => {
    const { stdout } = await makeEngine().run({ command: exec('printf', 'abc'), maxOutputSizeBytes: 0 });
    expect(stdout).to.equal('[execrx: output truncated, kept 0 of 3 bytes]');
  });

  it('does not shorten the stream of lines, nor the log', async () => {
    const engine = makeEngine({ maxOutputSizeBytes: 10 });
    const run = engine.execute({ command: exec('seq', '100') });
    const lines = await collect(run.stdout$).done;
    expect(lines).to.have.length(100);
    expect((await engine.readLogs(run.id)).trim().split('\n')).to.deep.equal(lines);
  });
});

describe('oversized output, fail_execution,', () => {
  const makeEngine = useEngines();
  const request = { maxOutputSizeBytes: 1_000, oversizedOutputStrategy: 'fail_execution' as const };

  it('terminates the tree of a process that would go on', async () => {
    const run = makeEngine().execute({ command: shell('yes oversized-output-test | cat'), ...request });
    const events = await collect(run.events$).done;
    const { status, error, stdout, output, termination } = await run.result;
    expect([status, error?.code]).to.deep.equal(['failed', 'OUTPUT_LIMIT_EXCEEDED']);
    expect(termination).to.deep.include({ cause: 'output_limit', treeEmpty: true });
    const kept = 'oversized-output-test\n'.repeat(50).slice(0, 1_000);
    expect(stdout).to.equal(`${kept}\n[execrx: output truncated, kept 1000 of ${output.stdoutBytes} bytes]`);
    expect(output.truncated).to.equal(true);
    expect(output.droppedBytes).to.equal(output.stdoutBytes - 1_000);
    expect(typesOf(events)).to.include('output_truncated');
    expect(processesWith('oversized-output-test')).to.deep.equal([]);
  });

  it('fails every time, also when the process has ended before its output was read', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 8 });
    const runs = Array.from({ length: 60 }, () => engine.run({ command: bytes(2_000), ...request }));
    for (const { status, error, output, stdout } of await Promise.all(runs)) {
      expect([status, error?.code]).to.deep.equal(['failed', 'OUTPUT_LIMIT_EXCEEDED']);
      expect(stdout).to.equal(`${a(1_000)}\n[execrx: output truncated, kept 1000 of ${output.stdoutBytes} bytes]`);
      expect(output.droppedBytes).to.equal(output.stdoutBytes - 1_000);
    }
  });

  it('leaves alone what stays within the limit', async () => {
    const { status, stdout } = await makeEngine().run({ command: bytes(1_000), ...request });
    expect([status, stdout]).to.deep.equal(['completed', a(1_000)]);
  });
});

describe('oversized output, stream_to_file,', () => {
  const makeEngine = useEngines();
  const request = { maxOutputSizeBytes: 1_000, oversizedOutputStrategy: 'stream_to_file' as const };

  it('puts the whole stream in a file of this user alone and drops nothing', async () => {
    const command = shell("head -c 300000 /dev/zero | tr '\\0' a; printf few >&2");
    const { status, stdout, stderr, output } = await makeEngine().run({ command, ...request });
    expect(status).to.equal('completed');
    expect(stdout).to.equal(`${a(1_000)}\n[execrx: output truncated, kept 1000 of 300000 bytes]`);
    expect(stderr).to.equal('few');
    const { stdoutPath = '', ...counts } = output;
    expect(counts).to.deep.equal({
      stdoutBytes: 300_000,
      stderrBytes: 3,
      truncated: true,
      droppedBytes: 0,
      complete: true,
    });
    expect(readFileSync(stdoutPath, 'utf8') === a(300_000)).to.equal(true);
    expect(statSync(stdoutPath).mode & 0o777).to.equal(0o600);
  });

  it('makes no file for a stream within the limit', async () => {
    const engine = makeEngine({ logOutput: false });
    const { stdout, output, logPath } = await engine.run({ command: bytes(1_000), ...request });
    expect([stdout, output.truncated]).to.deep.equal([a(1_000), false]);
    expect(output).not.to.have.any.keys('stdoutPath', 'stderrPath');
    const logDir = logPath.slice(0, logPath.lastIndexOf('/'));
    expect(existsSync(logDir) ? readdirSync(logDir) : []).to.deep.equal([]);
  });

  it('keeps the two streams in two files, with bytes that are not text as they are', async () => {
    const command = shell("for i in $(seq 1000); do printf '\\377\\0a'; printf 'b\\n' >&2; done");
    const { output } = await makeEngine().run({ command, ...request, maxOutputSizeBytes: 7 });
    expect(readFileSync(output.stdoutPath ?? '').equals(Buffer.from('\xff\0a'.repeat(1_000), 'latin1'))).to.equal(true);
    expect(readFileSync(output.stderrPath ?? '', 'utf8')).to.equal('b\n'.repeat(1_000));
  });
});
