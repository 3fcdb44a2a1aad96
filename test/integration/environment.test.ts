import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exec, shell, ValidationError } from 'execrx';
import { useEngines } from '../support/engine.js';
import { thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

describe('environment', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();
  const printEnv = exec('/usr/bin/env', '-0');

  afterEach(() => {
    delete process.env.EXECRX_TEST_INHERITED;
  });

  it('of the engine is inherited, with the variables of the request on top', async () => {
    process.env.EXECRX_TEST_INHERITED = 'from the app';
    const engine = makeEngine();
    const variables = 'echo "$EXECRX_TEST_INHERITED/$ADDED/$HOME"';
    const { stdout } = await engine.run({ command: shell(variables), env: { ADDED: 'x y', HOME: '/elsewhere' } });
    expect(stdout).to.equal('from the app/x y//elsewhere\n');
  });

  for (const spawner of ['auto', 'thread'] as const) {
    it(`has the working directory that the app had when it submitted (${spawner})`, async () => {
      const before = process.cwd();
      const engine = makeEngine({ spawner });
      const where = async () => (await engine.run({ command: exec('pwd', '-P') })).stdout.trimEnd();
      const other = realpathSync(tempDirectory());
      writeFileSync(join(other, 'tool'), '#!/bin/sh\necho found\n', { mode: 0o755 });
      try {
        process.chdir(other); // before there is a worker
        expect(await where()).to.equal(other);
        expect((await engine.run({ command: exec('./tool') })).stdout).to.equal('found\n');
        process.chdir(before);
        expect(await where()).to.equal(realpathSync(before));
        process.chdir(other);
        const submitted = where();
        process.chdir(before);
        expect(await submitted).to.equal(other);
      } finally {
        process.chdir(before);
      }
    });
  }

  it('of one request does not reach another', async () => {
    const engine = makeEngine();
    await engine.run({ command: exec('true'), env: { LEAKED: 'yes' } });
    const { stdout } = await engine.run({ command: shell('echo "[$LEAKED]"') });
    expect(stdout).to.equal('[]\n');
  });

  it('is exactly `env` with `inheritEnv: false`', async () => {
    const env = { ONE: '1', EMPTY: '', AWKWARD: 'a=b "c"\n$d' };
    const { stdout } = await makeEngine().run({ command: printEnv, env, inheritEnv: false });
    const variables = stdout.split('\0').filter(Boolean);
    expect(variables).to.have.members(['ONE=1', 'EMPTY=', 'AWKWARD=a=b "c"\n$d']);
  });

  it('may be empty', async () => {
    const { stdout, status } = await makeEngine().run({ command: printEnv, inheritEnv: false });
    expect([status, stdout]).to.deep.equal(['completed', '']);
  });

  it('decides by its PATH where a program is found', async () => {
    const bin = tempDirectory();
    writeFileSync(join(bin, 'only-here'), '#!/bin/sh\necho found\n', { mode: 0o755 });
    const engine = makeEngine();
    const found = await engine.run({ command: exec('only-here'), env: { PATH: bin }, inheritEnv: false });
    expect(found.stdout).to.equal('found\n');
    expect((await engine.run({ command: exec('only-here') })).error?.code).to.equal('SPAWN_FAILED');
  });

  it('refuses variables that no system takes', () => {
    const engine = makeEngine();
    const refused = [{ 'A=B': 'x' }, { '': 'x' }, { A: 'x\0y' }, { A: 1 }] as Array<Record<string, string>>;
    for (const env of refused) {
      expect(thrownBy(() => engine.execute({ command: exec('true'), env }))).to.be.instanceOf(ValidationError);
    }
  });
});

describe('working directory', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  it('is the one of the request, else that of the app', async () => {
    const engine = makeEngine();
    const workingDir = realpathSync(tempDirectory());
    expect((await engine.run({ command: exec('pwd', '-P'), workingDir })).stdout).to.equal(`${workingDir}\n`);
    expect((await engine.run({ command: exec('pwd', '-P') })).stdout).to.equal(`${realpathSync(process.cwd())}\n`);
  });

  it('is refused at submission when it is not a directory', () => {
    const engine = makeEngine();
    for (const workingDir of ['/no/such/directory', '/etc/passwd']) {
      const error = thrownBy(() => engine.execute({ command: exec('true'), workingDir })) as ValidationError;
      expect(error).to.be.instanceOf(ValidationError);
      expect(error.problems[0]?.path).to.equal('workingDir');
      expect(error.message).to.include(workingDir);
    }
  });
});
