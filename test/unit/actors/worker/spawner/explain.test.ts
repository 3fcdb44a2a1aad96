import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { explainSpawnError } from '#lib/actors/worker/spawner/explain.js';
import type { SpawnSpec } from '#lib/actors/worker/spawner/spawner.js';
import { useTemporaryDirectory } from '../../../../support/temporary-directory.js';

const spec: SpawnSpec = {
  program: 'tool',
  args: ['secret-arg'],
  env: { A: 'secret-env' },
  cwd: null,
  inheritEnv: false,
  pipeInput: false,
};
const errno = (code: string) => Object.assign(new Error(`spawn tool ${code}`), { code });

describe('explainSpawnError', () => {
  const at = useTemporaryDirectory();
  const explain = (code: string, fields: Partial<SpawnSpec> = {}) => {
    return explainSpawnError(errno(code), { ...spec, ...fields });
  };

  const permanent: Array<[code: string, says: RegExp]> = [
    ['ENOENT', /no such program.*PATH.*ENOENT/],
    ['EACCES', /execute permission.*EACCES/],
    ['ENOEXEC', /shebang.*ENOEXEC/],
    ['E2BIG', /stdin.*E2BIG/],
    ['EWHATEVER', /the system said EWHATEVER/],
  ];
  for (const [code, says] of permanent) {
    it(`says of ${code} what is wrong and what to do, and that trying again is of no use`, () => {
      const { message, transient } = explain(code);
      expect(message)
        .to.match(/^Cannot start tool: /)
        .and.match(says);
      expect(transient).to.equal(false);
    });
  }

  for (const code of ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']) {
    it(`calls ${code} a shortage that may pass`, () => {
      const { message, transient } = explain(code);
      expect(message)
        .to.match(/out of processes, memory or descriptors/)
        .and.contain(code);
      expect(transient).to.equal(true);
    });
  }

  it('names neither arguments nor environment', () => {
    for (const code of ['ENOENT', 'EACCES', 'ENOEXEC', 'E2BIG', 'EAGAIN']) {
      expect(explain(code).message).to.not.match(/secret/);
    }
  });

  it('knows a missing working directory from a missing program', () => {
    const cwd = at('missing');
    expect(explain('ENOENT', { cwd }).message).to.contain(`working directory ${cwd} does not exist`);
    mkdirSync(cwd);
    expect(explain('ENOENT', { cwd }).message).to.contain('no such program');
  });

  it('says that the working directory is at fault when it lies below a file', () => {
    writeFileSync(at('file'), '');
    const cwd = at('file', 'below');
    expect(explain('ENOTDIR', { cwd }).message).to.contain(`working directory ${cwd} does not exist`);
  });

  it('names the interpreter that a script asks for and that is not there', () => {
    writeFileSync(at('script'), '#! /no/such/interpreter -x\necho\n');
    expect(explain('ENOENT', { program: at('script') }).message).to.contain(
      'its interpreter /no/such/interpreter does not exist',
    );
    expect(explain('ENOENT', { program: './script', cwd: at() }).message).to.contain('/no/such/interpreter');
  });

  it('sees the carriage return at the end of a shebang line', () => {
    writeFileSync(at('script'), '#!/bin/sh\r\necho\r\n');
    expect(explain('ENOENT', { program: at('script') }).message).to.contain('LF line endings');
    expect(explain('ENOENT', { program: '/bin/sh\r' }).message).to.contain('LF line endings');
  });

  it('leaves no descriptor open', () => {
    writeFileSync(at('script'), '#!/no/such/interpreter\n');
    const before = readdirSync('/proc/self/fd').length;
    explain('ENOENT', { program: at('script') });
    expect(readdirSync('/proc/self/fd').length).to.equal(before);
  });

  it('takes whatever is thrown at it', () => {
    expect(explainSpawnError(undefined, spec)).to.deep.equal({
      message: 'Cannot start tool: the system said unknown error',
      transient: false,
    });
    expect(explainSpawnError(new Error('odd'), spec).message).to.contain('odd');
  });
});
