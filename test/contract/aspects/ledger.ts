import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { finish } from '../../support/spawning.js';
import { SLOTS, type SpawnerUnderTest } from '../spawner-under-test.js';

export function describeLedger(under: SpawnerUnderTest): void {
  const { at, spawn, sh, refusal } = under;

  describe('the ledger', () => {
    it('has the group of a process that left others in it, until it is released', async () => {
      const shell = await sh('sleep 60 > /dev/null 2>&1 & exit 0');
      const { pid } = shell.process;
      expect(under.ledger.groups()).to.deep.equal([pid]);
      const { exit } = await finish(shell);
      expect(exit.groupRemains).to.not.equal(false);
      expect(under.ledger.groups()).to.deep.equal([pid]);
      shell.process.release();
      expect(under.ledger.groups()).to.deep.equal([]);
    });

    it('has every group that runs', async () => {
      const sleepers = await Promise.all(Array.from({ length: 4 }, () => spawn({ program: 'sleep', args: ['60'] })));
      const pids = sleepers.map(({ process }) => process.pid);
      expect(under.ledger.groups().sort()).to.deep.equal([...pids].sort());
      sleepers[1]?.process.release();
      expect(under.ledger.groups().sort()).to.deep.equal(pids.filter((_, index) => index !== 1).sort());
    });

    it('lets nothing start while it is full, and says that this may pass', async () => {
      const sleep = () => spawn({ program: 'sleep', args: ['60'] });
      const sleepers = await Promise.all(Array.from({ length: SLOTS }, sleep));
      const { transient } = await refusal({ program: 'touch', args: [at('touched')] });
      expect(transient).to.equal(true);
      expect(() => readFileSync(at('touched'))).to.throw(/ENOENT/);
      sleepers[3]?.process.release();
      expect((await sleep()).process.pid).to.be.above(0);
    });

    it('lets nothing start once it is closed', async () => {
      under.ledger.close(1_000);
      const { message, transient } = await refusal({ program: 'touch', args: [at('touched')] });
      expect(message).to.match(/closing/);
      expect(transient).to.equal(false);
      expect(under.ledger.groups()).to.deep.equal([]);
      expect(() => readFileSync(at('touched'))).to.throw(/ENOENT/);
    });
  });
}
