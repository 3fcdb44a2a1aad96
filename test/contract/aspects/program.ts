import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { PATH, type SpawnerUnderTest } from '../spawner-under-test.js';

/** Prints each argument after the first as a line of JSON, so that nothing about it is lost. */
const PRINT_ARGS = 'for (const argument of process.argv.slice(1)) console.log(JSON.stringify(argument))';

export function describeProgram(under: SpawnerUnderTest): void {
  const { at, run } = under;

  describe('what the program is given', () => {
    it('is its arguments, unchanged', async () => {
      const args = [
        '',
        ' ',
        'two words',
        "it's",
        '"quoted"',
        '$(id)',
        '`id`',
        '$HOME',
        '*',
        '~',
        'a\nb',
        '\\',
        '-n',
        'é😀',
        '',
      ];
      const { stdout } = await run({ program: process.execPath, args: ['-e', PRINT_ARGS, '--', ...args] });
      const received = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(received).to.deep.equal(args);
    });

    it('is the environment given on top of the own one, when it inherits', async () => {
      const env = { BOTH: 'from the request', MORE: 'x' };
      const { stdout } = await run({ program: 'env', args: ['-0'], env, inheritEnv: true });
      expect(stdout.split('\0').filter(Boolean).sort()).to.deep.equal(
        ['BOTH=from the request', 'MORE=x', 'OWN=from the engine', `PATH=${PATH}`].sort(),
      );
    });

    it('is exactly the environment given', async () => {
      const env = { PATH, EMPTY: '', ODD: ' a=b\n"c" ', UNICODE: 'é' };
      const { stdout } = await run({ program: 'env', args: ['-0'], env });
      expect(stdout.split('\0').filter(Boolean).sort()).to.deep.equal(
        Object.entries(env)
          .map(([variable, value]) => `${variable}=${value}`)
          .sort(),
      );
    });

    it('is an empty environment where that was given', async () => {
      const { stdout, exit } = await run({ program: '/usr/bin/env', env: {} });
      expect([stdout, exit.exitCode]).to.deep.equal(['', 0]);
    });

    it('is the working directory, or the own one of this process', async () => {
      const { stdout } = await run({ program: 'pwd', args: ['-P'], cwd: at() });
      expect(stdout).to.equal(`${realpathSync(at())}\n`);
      expect((await run({ program: 'pwd', args: ['-P'] })).stdout).to.equal(`${realpathSync('.')}\n`);
    });

    it('is looked up on the PATH of its own environment', async () => {
      writeFileSync(at('only-here'), '#!/bin/sh\necho found\n', { mode: 0o755 });
      const { stdout } = await run({ program: 'only-here', env: { PATH: `${at()}:${PATH}` } });
      expect(stdout).to.equal('found\n');
    });

    it('may be a path relative to the working directory', async () => {
      mkdirSync(at('bin'));
      writeFileSync(at('bin', 'tool'), '#!/bin/sh\necho found\n', { mode: 0o755 });
      expect((await run({ program: './bin/tool', cwd: at() })).stdout).to.equal('found\n');
    });
  });
}
