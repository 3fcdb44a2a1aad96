import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { ConfigurationError } from '#dist/actors/protocol/errors.js';
import { prepareLogDir } from '#dist/runtime/config/log-dir.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('prepareLogDir', () => {
  const at = useTemporaryDirectory();

  it('makes a directory that only this user may enter', () => {
    prepareLogDir(at('logs'), true);
    expect(modeOf(at('logs'))).to.equal(0o700);
  });

  it('takes one that is there, twice too', () => {
    prepareLogDir(at('logs'), false);
    prepareLogDir(at('logs'), false);
    expect(modeOf(at('logs'))).to.equal(0o700);
  });

  it('closes the default one to others again, and leaves the mode of one that the app chose', () => {
    for (const name of ['default', 'chosen']) {
      mkdirSync(at(name));
      chmodSync(at(name), 0o755);
      prepareLogDir(at(name), name === 'default');
    }
    expect(modeOf(at('default'))).to.equal(0o700);
    expect(modeOf(at('chosen'))).to.equal(0o755);
  });

  it('refuses a symbolic link in the place of the default one, where anyone could have put it', () => {
    mkdirSync(at('elsewhere'));
    symlinkSync(at('elsewhere'), at('link'));
    expect(() => prepareLogDir(at('link'), true)).to.throw(ConfigurationError, /logDir.*directory/);
    prepareLogDir(at('link'), false);
  });

  it('refuses a file, and a path that goes through one, and keeps what the system said', () => {
    writeFileSync(at('file'), '');
    expect(() => prepareLogDir(at('file'), false)).to.throw(ConfigurationError, 'logDir: expected a directory');
    expect(() => prepareLogDir(at('file', 'below'), false))
      .to.throw(ConfigurationError, /ENOTDIR/)
      .with.property('cause');
  });

  it('refuses a directory owned by someone else', () => {
    const [path, owner] = someoneElsesDirectory(at('theirs'));
    expect(() => prepareLogDir(path, false)).to.throw(ConfigurationError, `owned by uid ${owner}`);
  });
});

/** Only root can give a directory away; everyone else finds that the root directory is not theirs. */
function someoneElsesDirectory(path: string): [path: string, owner: number] {
  if (process.getuid?.() !== 0) return ['/', 0];
  mkdirSync(path);
  chownSync(path, 12_345, 12_345);
  return [path, 12_345];
}
