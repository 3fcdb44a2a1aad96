import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { ConfigurationError } from '#lib/actors/protocol/errors.js';
import { defaultLogDir, prepareLogDir } from '#lib/runtime/config/log-dir.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('prepareLogDir', () => {
  const at = useTemporaryDirectory();
  const { TMPDIR } = process.env;
  beforeEach(() => {
    process.env.TMPDIR = at();
  });
  afterEach(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });

  it('makes a directory that only this user may enter', () => {
    prepareLogDir(at('logs'));
    expect(modeOf(at('logs'))).to.equal(0o700);
  });

  it('takes one that is there, twice too', () => {
    prepareLogDir(at('logs'));
    prepareLogDir(at('logs'));
    expect(modeOf(at('logs'))).to.equal(0o700);
  });

  it('lets nobody else write to one that the app chose, unless it is sticky', () => {
    for (const [before, after] of [
      [0o777, 0o755],
      [0o707, 0o705],
      [0o1777, 0o1777],
      [0o775, 0o775],
    ] as const) {
      mkdirSync(at(String(before)));
      chmodSync(at(String(before)), before);
      prepareLogDir(at(String(before)));
      expect(statSync(at(String(before))).mode & 0o7777).to.equal(after);
    }
  });

  it('closes the default one to others again, and leaves the mode of one that the app chose', () => {
    for (const path of [defaultLogDir(), at('chosen')]) {
      mkdirSync(path);
      chmodSync(path, 0o755);
      prepareLogDir(path);
    }
    expect(modeOf(defaultLogDir())).to.equal(0o700);
    expect(modeOf(at('chosen'))).to.equal(0o755);
  });

  it('refuses a symbolic link in the place of the default one, where anyone could have put it', () => {
    mkdirSync(at('elsewhere'));
    symlinkSync(at('elsewhere'), defaultLogDir());
    expect(() => prepareLogDir(defaultLogDir())).to.throw(ConfigurationError, /logDir.*directory/);
    symlinkSync(at('elsewhere'), at('link'));
    prepareLogDir(at('link'));
  });

  it('refuses a file, and a path that goes through one, and keeps what the system said', () => {
    writeFileSync(at('file'), '');
    expect(() => prepareLogDir(at('file'))).to.throw(ConfigurationError, 'logDir: expected a directory');
    expect(() => prepareLogDir(at('file', 'below')))
      .to.throw(ConfigurationError, /ENOTDIR/)
      .with.property('cause');
  });

  it('refuses a directory owned by someone else', () => {
    const [path, owner] = someoneElsesDirectory(at('theirs'));
    expect(() => prepareLogDir(path)).to.throw(ConfigurationError, `owned by uid ${owner}`);
  });
});

/** Only root can give a directory away; everyone else finds that the root directory is not theirs. */
function someoneElsesDirectory(path: string): [path: string, owner: number] {
  if (process.getuid?.() !== 0) return ['/', 0];
  mkdirSync(path);
  chownSync(path, 12_345, 12_345);
  return [path, 12_345];
}
