import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ExecutionRequest, exec, script, shell, ValidationError } from 'execrx';
import { type Rig, withEngine } from '../support/fault/rig.js';

/** What is wrong, where the error must say it is, and what it must say. */
type Case = [title: string, path: string, says: RegExp, request: (rig: Rig) => unknown];

const cases: Case[] = [
  ['a NUL byte in an argument', 'command.args[1]', /NUL/, () => ({ command: exec('echo', 'fine', 'a\0b') })],
  ['a NUL byte in a shell command', 'command.command', /NUL/, () => ({ command: shell('true\0; false') })],
  ['a NUL byte in a variable', 'env.A', /NUL/, () => ({ command: exec('true'), env: { A: '\0' } })],
  ['an unknown field', 'timeout', /no such field/, () => ({ command: exec('true'), timeout: 5 })],
  [
    'an unknown field of the command',
    'command.arg',
    /no such field/,
    () => ({ command: { ...exec('true'), arg: '' } }),
  ],
  ['an empty program', 'command.program', /empty/, () => ({ command: exec('') })],
  [
    'an unknown kind of command',
    'command.type',
    /exec.*shell/,
    () => ({ command: { type: 'spawn', program: 'true' } }),
  ],
  ['no command', 'command', /command/, () => ({})],
  ['no request', '', /object/, () => null],
  [
    'a directory that is not there',
    'workingDir',
    /\/no\/where/,
    () => ({ command: exec('true'), workingDir: '/no/where' }),
  ],
  [
    'a directory that is a file',
    'workingDir',
    /directory/,
    () => ({ command: exec('true'), workingDir: '/etc/passwd' }),
  ],
  ['a script that is not there', 'command.path', /\/no\/script/, () => ({ command: script('/no/script.sh') })],
  ['a script nothing can be done with', 'command.path', /shebang/, ({ directory }) => plainFile(directory)],
  ...[-1, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40, '5', null].map(badTimeout),
  ['a negative cap', 'maxOutputSizeBytes', /-1/, () => ({ command: exec('true'), maxOutputSizeBytes: -1 })],
  [
    'a cap no string can hold',
    'maxOutputSizeBytes',
    /1e\+21/,
    () => ({ command: exec('true'), maxOutputSizeBytes: 1e21 }),
  ],
  ['a priority that is no number', 'priority', /NaN/, () => ({ command: exec('true'), priority: Number.NaN })],
  ['no attempts', 'retry.attempts', /0/, () => ({ command: exec('true'), retry: { attempts: 0, backoffMs: 1 } })],
  [
    'a negative pause',
    'retry.backoffMs',
    /-1/,
    () => ({ command: exec('true'), retry: { attempts: 2, backoffMs: -1 } }),
  ],
];

function badTimeout(timeoutMs: unknown): Case {
  const shown = typeof timeoutMs === 'string' ? `'${timeoutMs}'` : String(timeoutMs);
  const says = new RegExp(shown.replace(/[+]/g, '\\+'));
  return [`a time limit of ${shown}`, 'timeoutMs', says, () => ({ command: exec('true'), timeoutMs })];
}

function plainFile(directory: string): ExecutionRequest {
  const path = join(directory, 'notes.txt');
  writeFileSync(path, 'not a script\n');
  return { command: script(path) };
}

describe('a request that cannot be run', () => {
  it('is refused at once with the field, what was expected and what came, and takes nothing', async () => {
    await withEngine({ maxConcurrentExecutions: 1 }, async (rig) => {
      for (const [title, path, says, request] of cases) {
        const error = refusalOf(() => rig.engine.execute(request(rig) as ExecutionRequest));
        expect(error, title).to.be.instanceOf(ValidationError);
        expect(error.code, title).to.equal('VALIDATION_ERROR');
        expect(
          error.problems.map((problem) => problem.path),
          title,
        ).to.deep.equal([path]);
        expect(error.message, title).to.match(says).and.to.include(path);
      }
      expect(rig.engine.listExecutions()).to.deep.equal([]);
    });
  });

  it('rejects where run() was called instead, and names every field that is wrong', async () => {
    await withEngine({}, async ({ engine }) => {
      const request = { command: exec('true', '\0'), timeoutMs: -5, colour: 'red' } as ExecutionRequest;
      const error = await engine.run(request).then(
        () => expect.fail('it was accepted'),
        (reason: ValidationError) => reason,
      );
      expect(error.problems.map(({ path }) => path)).to.have.members(['command.args[0]', 'timeoutMs', 'colour']);
      expect(error.message).to.not.include('red');
    });
  });

  it('is refused when its time limit is above the ceiling, which the error names', async () => {
    await withEngine({ maxTimeoutMs: 1_000 }, async ({ engine }) => {
      const error = refusalOf(() => engine.execute({ command: exec('true'), timeoutMs: 1_001 }));
      expect(error.message).to.include('timeoutMs').and.to.include('maxTimeoutMs (1000)').and.to.include('1001');
    });
  });
});

function refusalOf(call: () => unknown): ValidationError {
  try {
    call();
  } catch (error) {
    return error as ValidationError;
  }
  throw new Error('it was accepted');
}
