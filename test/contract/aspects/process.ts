import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { finish } from '../../support/spawning.js';
import { type SpawnerUnderTest } from '../spawner-under-test.js';

/** What whoever started this test run left open for everyone below; Node closes it for its children only up to number 15. */
const INHERITED = new Set(readdirSync('/proc/self/fd').filter((fd) => Number(fd) > 2 && isInheritable(fd)));

export function describeProcess(under: SpawnerUnderTest): void {
  const { spawn, run, sh } = under;

  describe('the process', () => {
    it('leads a group of its own, in another session than the app', async () => {
      const shell = await sh('cut -d " " -f 5,6 /proc/$$/stat');
      const [group, session] = (await finish(shell)).stdout.split(' ').map(Number);
      expect(group).to.equal(shell.process.pid);
      expect(session).to.not.equal(Number(readFileSync('/proc/self/stat', 'latin1').split(' ')[5]));
    });

    it('gets no file descriptor but its own three', async () => {
      await spawn({ program: 'cat', pipeInput: true });
      const file = openSync('/etc/passwd', 'r');
      try {
        const { stdout } = await run({ program: 'ls', args: ['/proc/self/fd'] });
        const descriptors = stdout.split('\n').filter(Boolean);
        // 3 is the directory that ls itself reads.
        expect(descriptors.filter((fd) => !INHERITED.has(fd))).to.deep.equal(['0', '1', '2', '3']);
      } finally {
        closeSync(file);
      }
    });

    it('ignores and blocks no signal, whatever this process does', async () => {
      expect(signalMask(readFileSync('/proc/self/status', 'utf8'), 'SigIgn')).to.not.equal(0n); // Node ignores SIGPIPE
      const { stdout } = await run({ program: 'cat', args: ['/proc/self/status'] });
      expect(signalMask(stdout, 'SigIgn')).to.equal(0n);
      expect(signalMask(stdout, 'SigBlk')).to.equal(0n);
    });

    it('has nothing to do with another of the same program', async () => {
      const processes = await Promise.all(Array.from({ length: 8 }, (_, index) => sh(`echo ${index}; exit ${index}`)));
      const ends = await Promise.all(processes.map(finish));
      expect(ends.map(({ stdout }) => stdout)).to.deep.equal(processes.map((_, index) => `${index}\n`));
      expect(ends.map(({ exit }) => exit.exitCode)).to.deep.equal(processes.map((_, index) => index));
    });
  });
}

function signalMask(status: string, field: string): bigint {
  const [, mask = ''] = new RegExp(`^${field}:\\s+([0-9a-f]+)$`, 'm').exec(status) ?? [];
  return BigInt(`0x${mask}`);
}

function isInheritable(fd: string): boolean {
  try {
    const [, flags = ''] = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & 0o2000000) === 0;
  } catch {
    return false; // the descriptor of the listing itself
  }
}
