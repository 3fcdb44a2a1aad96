import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { eventually } from '../../support/eventually.js';
import { type SpawnerUnderTest } from '../spawner-under-test.js';

export function describeRefusals(under: SpawnerUnderTest): void {
  const { at, runSh, refusal } = under;

  describe('a refusal', () => {
    it('is the answer to a program that does not exist', async () => {
      for (const program of ['no-such-program-anywhere', '/no/such/program']) {
        const { message, transient } = await refusal({ program });
        expect(message)
          .to.contain(program)
          .and.match(/no such program/);
        expect(transient).to.equal(false);
      }
    });

    it('is the answer to a file that is not executable', async () => {
      writeFileSync(at('plain'), 'text');
      chmodSync(at('plain'), 0o644);
      const { message, transient } = await refusal({ program: at('plain') });
      expect(message).to.match(/permission/);
      expect(transient).to.equal(false);
    });

    it('is the answer to a directory in the place of a program', async () => {
      expect((await refusal({ program: at() })).message).to.match(/permission/);
    });

    it('is the answer to a script whose interpreter does not exist', async () => {
      writeFileSync(at('script'), '#!/no/such/interpreter\n', { mode: 0o755 });
      expect((await refusal({ program: at('script') })).message).to.contain('/no/such/interpreter');
    });

    it('is the answer to a working directory that does not exist, and says that it is the directory', async () => {
      const missing = at('missing');
      expect((await refusal({ program: 'true', cwd: missing })).message).to.contain(missing);
      writeFileSync(at('file'), '');
      const below = at('file', 'below');
      expect((await refusal({ program: 'true', cwd: below })).message).to.contain(below);
    });

    it('is the answer to arguments that are too long, and says what to do', async () => {
      const { message, transient } = await refusal({ program: 'true', args: ['x'.repeat(4_000_000)] });
      expect(message).to.match(/stdin/).and.match(/E2BIG/);
      expect(transient).to.equal(false);
    });

    it('takes no slot, and the next process starts', async () => {
      for (let i = 0; i < 20; i++) await refusal({ program: '/no/such/program' });
      expect(under.ledger.groups()).to.deep.equal([]);
      expect((await runSh('echo fine')).stdout).to.equal('fine\n');
    });

    it('leaves no descriptor of this process open', async () => {
      await refusal({ program: '/no/such/program' });
      const before = openDescriptors();
      for (let i = 0; i < 10; i++) await refusal({ program: '/no/such/program' });
      await eventually('no more are open than before', () => openDescriptors() <= before);
    });
  });
}

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}
