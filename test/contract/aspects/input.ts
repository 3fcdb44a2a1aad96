import { expect } from 'chai';
import { eventually } from '../../support/eventually.js';
import { isRunning } from '../../support/proc.js';
import { finish } from '../../support/spawning.js';
import { type SpawnerUnderTest } from '../spawner-under-test.js';

export function describeInput(under: SpawnerUnderTest): void {
  const { spawn } = under;

  describe('standard input', () => {
    it('is at its end at once when there is none', async () => {
      const { process, ...rest } = await spawn({ program: 'cat' });
      expect(process.stdin).to.equal(null);
      const { exit, stdout } = await finish({ process, ...rest });
      expect([exit.exitCode, stdout]).to.deep.equal([0, '']);
    });

    it('is fed and ended through the pipe', async () => {
      const cat = await spawn({ program: 'cat', pipeInput: true });
      cat.process.stdin?.write('first ');
      await eventually('the first part comes back', () => cat.stdout() === 'first ');
      cat.process.stdin?.end('last');
      expect((await finish(cat)).stdout).to.equal('first last');
    });

    it('takes much more than a pipe holds', async () => {
      const wc = await spawn({ program: 'wc', args: ['-c'], pipeInput: true });
      wc.process.stdin?.end(Buffer.alloc(3_000_000, 'x'));
      expect((await finish(wc)).stdout.trim()).to.equal('3000000');
    });

    it('of one process is not kept open by another that started meanwhile', async () => {
      const cat = await spawn({ program: 'cat', pipeInput: true });
      const sleeper = await spawn({ program: 'sleep', args: ['60'] });
      cat.process.stdin?.end('a');
      expect((await finish(cat)).stdout).to.equal('a');
      expect(isRunning(sleeper.process.pid)).to.equal(true);
    });
  });
}
