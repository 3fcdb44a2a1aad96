import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { SpillFile } from '#lib/actors/worker/output/spill-file.js';
import { useTemporaryDirectory } from '../../../../support/temporary-directory.js';

describe('SpillFile', () => {
  const at = useTemporaryDirectory();

  it('holds everything pushed, and nothing of an earlier file of its name', () => {
    writeFileSync(at('x.stdout'), 'something older and longer');
    const spill = new SpillFile(at('x.stdout'));
    spill.push(Buffer.from('head '));
    spill.push(Buffer.from([0xff, 0x00]));
    expect(spill.close()).to.equal(at('x.stdout'));
    expect(readFileSync(at('x.stdout')).equals(Buffer.from('head \xff\0', 'latin1'))).to.equal(true);
    expect(spill.failure).to.equal(null);
  });

  it('is readable by its owner only', () => {
    const spill = new SpillFile(at('x.stdout'));
    spill.push(Buffer.from('a'));
    spill.close();
    expect(statSync(at('x.stdout')).mode & 0o777).to.equal(0o600);
  });

  it('is not made, and has no path, when nothing was pushed', () => {
    expect(new SpillFile(at('x.stdout')).close()).to.equal(undefined);
    expect(existsSync(at('x.stdout'))).to.equal(false);
  });

  it('has no path, and says why, when it could not be written', () => {
    mkdirSync(at('x.stdout'));
    const spill = new SpillFile(at('x.stdout'));
    spill.push(Buffer.from('a'));
    spill.push(Buffer.from('b'));
    expect(spill.failure).to.match(/EISDIR/);
    expect(spill.close()).to.equal(undefined);
  });

  it('leaves no descriptor open', () => {
    const before = readdirSync('/proc/self/fd').length;
    const spill = new SpillFile(at('x.stdout'));
    spill.push(Buffer.from('a'));
    expect(readdirSync('/proc/self/fd').length).to.equal(before + 1);
    spill.close();
    expect(readdirSync('/proc/self/fd').length).to.equal(before);
  });
});
