import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { searchPath } from '#lib/actors/launcher/search-path.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

describe('searchPath', () => {
  const at = useTemporaryDirectory();
  beforeEach(() => {
    for (const directory of ['first', 'second', 'third']) mkdirSync(at(directory));
    writeFileSync(at('first', 'plain'), '');
    writeFileSync(at('second', 'tool'), '', { mode: 0o755 });
    writeFileSync(at('third', 'tool'), '', { mode: 0o755 });
    mkdirSync(at('first', 'tool'));
  });
  const path = () => ['first', 'missing', 'second', 'third'].map((name) => at(name)).join(':');

  it('finds the first executable file of that name, and passes over directories', () => {
    expect(searchPath('tool', path(), null)).to.deep.equal({ path: at('second', 'tool') });
  });

  it('leaves a name with a slash as it is', () => {
    expect(searchPath('./no/such', path(), at())).to.deep.equal({ path: './no/such' });
  });

  it('takes entries that are relative, or empty, from the working directory', () => {
    expect(searchPath('tool', 'second', at())).to.deep.equal({ path: at('second', 'tool') });
    expect(searchPath('tool', '', at('third'))).to.deep.equal({ path: at('third', 'tool') });
  });

  it('says whether there was none or none that may be executed', () => {
    expect(searchPath('no-such-tool', path(), null)).to.deep.equal({ code: 'ENOENT' });
    expect(searchPath('plain', path(), null)).to.deep.equal({ code: 'EACCES' });
    expect(searchPath('x'.repeat(5_000), path(), null)).to.deep.equal({ code: 'ENOENT' });
  });

  it('searches where execvp would when there is no PATH', () => {
    expect(searchPath('sh', undefined, null)).to.deep.equal({ path: '/bin/sh' });
  });
});
