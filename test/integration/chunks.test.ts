import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { repeat, take, takeUntil, tap } from 'rxjs';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';

describe('chunks$', () => {
  const makeEngine = useEngines();

  it('gives the bytes of both streams as they are, whatever they are', async () => {
    const command = shell("printf '\\377\\000\\n\\303'; printf 'err' >&2");
    const chunks = await collect(makeEngine().execute({ command }).chunks$).done;
    const bytesOf = (name: string) => {
      return Buffer.concat(chunks.filter(({ stream }) => stream === name).map(({ data }) => data)).toString('latin1');
    };
    expect(bytesOf('stdout')).to.equal('\xff\0\n\xc3');
    expect(bytesOf('stderr')).to.equal('err');
    for (const { data, timestamp } of chunks) {
      expect(Buffer.isBuffer(data)).to.equal(true);
      expect(timestamp).to.be.closeTo(Date.now(), 60_000);
    }
  });

  it('loses nothing of a large output, beside lines and logs of the same', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('seq', '300000'), maxOutputSizeBytes: 0 });
    const chunks = collect(run.chunks$);
    const lines = collect(run.stdout$);
    const text = Buffer.concat((await chunks.done).map(({ data }) => data)).toString();
    expect(text).to.equal(`${(await lines.done).join('\n')}\n`);
    expect(text).to.equal(await engine.readLogs(run.id));
    expect((await run.result).output.stdoutBytes).to.equal(text.length);
  });

  it('gives two floods at once as they are', async () => {
    const count = 3_000_000;
    const command = shell(`seq ${count} & seq ${count} | tr 0-9 a-j >&2; wait`);
    const run = makeEngine({ logOutput: false }).execute({ command, maxOutputSizeBytes: 0 });
    const hashes = { stdout: createHash('sha256'), stderr: createHash('sha256') };
    run.chunks$.subscribe(({ stream, data }) => hashes[stream].update(data));
    const numbers = Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('');
    const letters = numbers.replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
    expect((await run.result).status).to.equal('completed');
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(hashes.stdout.digest('hex')).to.equal(sha256(numbers));
    expect(hashes.stderr.digest('hex')).to.equal(sha256(letters));
  });

  it('gives what it gives as it is to one who stops listening in the middle of a flood, and listens again', async () => {
    const text = '0123456789abcde\n';
    const command = shell(`yes ${text.trim()} | head -c 300000000`);
    const run = makeEngine({ logOutput: false }).execute({ command, maxOutputSizeBytes: 0 });
    const whole = Buffer.from(text.repeat(2 * 262_144)); // longer than any piece
    let rounds = 0;
    let wrong = 0;
    const some = run.chunks$.pipe(take(20), tap({ complete: () => rounds++ }), repeat({ delay: 2 }));
    some.pipe(takeUntil(run.result)).subscribe(({ data }) => {
      const from = whole.indexOf(data.subarray(0, text.length));
      if (whole.compare(data, 0, data.length, from, from + data.length) !== 0) wrong++;
    });
    const { status, output } = await run.result;
    expect({ status, bytes: output.stdoutBytes }).to.deep.equal({ status: 'completed', bytes: 300_000_000 });
    expect(rounds).to.be.above(2);
    expect(wrong).to.equal(0);
  });

  it('gives each subscriber bytes that stay as they are', async () => {
    const run = makeEngine().execute({ command: shell('for i in 1 2 3 4 5; do echo $i; sleep 0.02; done') });
    const first = collect(run.chunks$.pipe(take(1)));
    const all = await collect(run.chunks$).done;
    expect((await first.done)[0]?.data.toString()).to.match(/^1\n/);
    expect(Buffer.concat(all.map(({ data }) => data)).toString()).to.equal('1\n2\n3\n4\n5\n');
  });

  it('keeps a process only a little ahead of a subscriber that blocks, however long that goes on', async () => {
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    const run = makeEngine({ logOutput: false }).execute({
      command: exec('head', '-c', '400000000', '/dev/zero'),
      maxOutputSizeBytes: 0,
    });
    let pid = 0;
    let seen = 0;
    let furthestAhead = 0;
    run.events$.subscribe((event) => {
      if (event.type === 'started') pid = event.pid;
    });
    run.chunks$.subscribe(({ data }) => {
      const before = seen;
      seen += data.length;
      if (Math.floor(seen / 1e6) === Math.floor(before / 1e6)) return;
      Atomics.wait(sleeper, 0, 0, 1);
      furthestAhead = Math.max(furthestAhead, writtenBy(pid) - seen);
    });
    await run.result;
    expect(seen).to.equal(400_000_000);
    expect(furthestAhead).to.be.within(1, 24_000_000);
  });

  it('is silent where output is not streamed', async () => {
    const run = makeEngine({ streamOutput: false }).execute({ command: exec('echo', 'a') });
    expect(await collect(run.chunks$).done).to.deep.equal([]);
    expect((await run.result).stdout).to.equal('a\n');
  });
});

/** Bytes, see proc(5); 0 once it has ended. */
function writtenBy(pid: number): number {
  try {
    return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
