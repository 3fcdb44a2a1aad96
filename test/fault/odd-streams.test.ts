import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { fixture } from '../support/fault/fixtures.js';
import { withEngine } from '../support/fault/rig.js';

describe('a child with odd streams', () => {
  it('may flood stderr while stdout is idle, without an idle time-out and without a byte lost', async () => {
    await withEngine({ maxOutputSizeBytes: 50_000_000 }, async ({ engine }) => {
      const flood = 'for i in 1 2 3 4 5; do head -c 4000000 /dev/zero >&2; sleep 0.15; done; echo finally';
      const result = await engine.run({ command: shell(flood), idleTimeoutMs: 500 });
      expect(result.status).to.equal('completed');
      expect(result.stdout).to.equal('finally\n');
      expect(result.output.stderrBytes).to.equal(20_000_000);
      expect(result.stderr.length).to.equal(20_000_000);
    });
  });

  it('may close both its streams and go on', async () => {
    await withEngine({}, async ({ engine }) => {
      const result = await engine.run({ command: shell('echo before; exec 1>&- 2>&-; sleep 0.2; exit 7') });
      expect(result.stdout).to.equal('before\n');
      expect(result.exitCode).to.equal(7);
      expect(result.durationMs).to.be.at.least(190);
    });
  });

  it('may close its input at once while megabytes are fed to it', async () => {
    await withEngine({}, async ({ engine }) => {
      const stdin = 'x'.repeat(16 * 1024 * 1024);
      const results = await Promise.all(
        Array.from({ length: 10 }, () => engine.run({ command: shell('exec 0<&-; echo closed'), stdin })),
      );
      expect(results.map(({ status, stdout }) => `${status}: ${stdout}`)).to.deep.equal(
        results.map(() => 'completed: closed\n'),
      );
    });
  });

  it('may end a millisecond after its last byte, a thousand times, and nothing is lost', async function () {
    this.timeout(120_000);
    const many = { maxConcurrentExecutions: 8, workerThreads: 2, maxInMemoryExecutions: 2_000 };
    await withEngine(many, async ({ engine }) => {
      const lines: Record<string, string[]> = { stdout: [], stderr: [] };
      const runs = Array.from({ length: 1_000 }, (_, index) => {
        const run = engine.execute({ command: exec('perl', fixture('ends-after-last-byte.pl'), String(index)) });
        run.output$.subscribe(({ stream, line }) => lines[stream]?.push(line));
        return run.result;
      });
      const results = await Promise.all(runs);
      const expected = (word: string) => results.map((_, index) => `${word} ${index}`);
      expect(results.map(({ stdout }) => stdout)).to.deep.equal(expected('out'));
      expect(results.map(({ stderr }) => stderr)).to.deep.equal(expected('err'));
      expect(results.filter(({ output }) => !output.complete)).to.deep.equal([]);
      expect(lines.stdout).to.have.members(expected('out'));
      expect(lines.stderr).to.have.members(expected('err'));
    });
  });
});
