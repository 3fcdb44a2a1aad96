import { expect } from 'chai';
import { eventually } from '../../support/eventually.js';
import { isRunning } from '../../support/proc.js';
import { type SpawnerUnderTest } from '../spawner-under-test.js';

export function describeOutput(under: SpawnerUnderTest): void {
  const { sh, runSh } = under;

  describe('output', () => {
    it('comes in two separate streams', async () => {
      const { stdout, stderr } = await runSh('echo out; echo err >&2');
      expect({ stdout, stderr }).to.deep.equal({ stdout: 'out\n', stderr: 'err\n' });
    });

    it('is complete, also when the process writes a lot and leaves at once', async () => {
      const write = 'head -c 2000000 /dev/zero; head -c 1000000 /dev/zero >&2';
      const { stdout, stderr } = await runSh(write);
      expect([stdout.length, stderr.length]).to.deep.equal([2_000_000, 1_000_000]);
    });

    it('is bytes, whatever they are', async () => {
      const { stdoutBytes } = await runSh("printf '\\377\\000\\303\\251'");
      expect(stdoutBytes.equals(Buffer.from([0xff, 0x00, 0xc3, 0xa9]))).to.equal(true);
    });

    it('is complete, also when a descendant writes on after the process has ended', async () => {
      const { stdout, stderr } = await runSh('echo now; echo err >&2; (sleep 0.1; echo later) &');
      expect({ stdout, stderr }).to.deep.equal({ stdout: 'now\nlater\n', stderr: 'err\n' });
    });

    it('is complete, also when it is as much as a pipe holds, or a little less or more', async () => {
      for (const size of [65_535, 65_536, 65_537]) {
        const { stdout, stderr } = await runSh(`head -c ${size} /dev/zero; head -c ${size} /dev/zero >&2`);
        expect([stdout.length, stderr.length]).to.deep.equal([size, size]);
      }
    });

    it('is not held back while the process runs on', async () => {
      for (let i = 0; i < 10; i++) {
        const shell = await sh('echo out; echo err >&2; exec sleep 60');
        await eventually(
          'both lines are there',
          () => shell.stdout() === 'out\n' && shell.chunks.stderr.join('') === 'err\n',
        );
      }
    });

    it('can be read before the process ends', async () => {
      const shell = await sh('echo ready; exec sleep 60');
      await eventually('it is ready', () => shell.stdout() === 'ready\n');
      expect(isRunning(shell.process.pid)).to.equal(true);
    });
  });
}
