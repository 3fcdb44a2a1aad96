import { chmodSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'chai';
import { script, ValidationError } from 'execrx';
import { useEngines } from '../support/engine.js';
import { thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

/** Tells bash from a plain sh, and a program that was named from either. */
const WHO = 'echo "$(test -n "$BASH_VERSION" && echo bash):$0:$*"\n';

describe('script', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  function scriptFile(content: string, mode: number): string {
    const path = join(tempDirectory(), 'a script.sh');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  }

  async function output(path: string, options?: { interpreter?: string; args?: string[] }): Promise<string> {
    return (await makeEngine().run({ command: script(path, options) })).stdout;
  }

  it('runs by its shebang when it may be executed', async () => {
    const path = scriptFile('#!/bin/cat\nline\n', 0o755);
    expect(await output(path)).to.equal('#!/bin/cat\nline\n');
  });

  it('runs by its shebang when it may not be executed', async () => {
    const path = scriptFile('#!/bin/cat\nline\n', 0o644);
    expect(await output(path)).to.equal('#!/bin/cat\nline\n');
  });

  it('gives the interpreter of the shebang its one argument, as the system does', async () => {
    for (const mode of [0o755, 0o644]) {
      const path = scriptFile('#!/usr/bin/env -S cat -n\nline\n', mode);
      expect(await output(path)).to.match(/1\s#!.*\n\s+2\sline\n/);
    }
  });

  it('runs with bash when it has no shebang but may be executed', async () => {
    const path = scriptFile(WHO, 0o755);
    expect(await output(path, { args: ['a b', 'c'] })).to.equal(`bash:${path}:a b c\n`);
  });

  it('runs with the interpreter that is named, whatever the file says', async () => {
    for (const mode of [0o755, 0o644]) {
      const path = scriptFile(`#!/bin/false\n${WHO}`, mode);
      expect(await output(path, { interpreter: 'bash', args: ['x'] })).to.equal(`bash:${path}:x\n`);
    }
  });

  it('is found relative to the working directory of the request', async () => {
    const path = scriptFile('#!/bin/sh\npwd -P\n', 0o755);
    const workingDir = dirname(path);
    const { stdout } = await makeEngine().run({ command: script(basename(path)), workingDir });
    expect(stdout).to.equal(`${workingDir}\n`);
  });

  it('is refused at submission when it does not exist, is no file, or nothing says how to run it', () => {
    const engine = makeEngine();
    const plain = scriptFile('just text\n', 0o644);
    for (const path of ['/no/such/script.sh', '/tmp', plain]) {
      const error = thrownBy(() => engine.execute({ command: script(path) })) as ValidationError;
      expect(error).to.be.instanceOf(ValidationError);
      expect(error.problems.map((problem) => problem.path)).to.deep.equal(['command.path']);
      expect(error.message).to.include(path);
    }
  });

  it('is a failed result, not an error, when the interpreter of its shebang is missing', async () => {
    const path = scriptFile('#!/no/such/interpreter\n', 0o755);
    const { status, error } = await makeEngine().run({ command: script(path) });
    expect([status, error?.code]).to.deep.equal(['failed', 'SPAWN_FAILED']);
    expect(error?.message).to.include('/no/such/interpreter');
  });
});
