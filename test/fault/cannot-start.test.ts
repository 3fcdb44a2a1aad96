import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Command, type ExecutionResult, exec, script } from 'execrx';
import { type Rig, withEngine } from '../support/fault/rig.js';

function file(rig: Rig, name: string, text: string, mode: number): string {
  const path = join(rig.directory, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

function expectNeverStarted(result: ExecutionResult, ...says: string[]): void {
  const { status, error, exitCode, signal, pid, startedAt, durationMs, stdout } = result;
  expect({ status, exitCode, signal, pid, startedAt, durationMs, stdout }).to.deep.equal({
    status: 'failed',
    exitCode: null,
    signal: null,
    pid: null,
    startedAt: null,
    durationMs: 0,
    stdout: '',
  });
  expect(error?.code).to.equal('SPAWN_FAILED');
  for (const part of says) expect(error?.message).to.include(part);
}

/** What cannot be started, and what the error must say: the program, and the way out. */
const cases: Record<string, [command: (rig: Rig) => Command, ...says: string[]]> = {
  'a program that is not on PATH': [
    () => exec('no-such-program-here'),
    'no-such-program-here',
    'no such program',
    'PATH',
  ],
  'a path where nothing is': [() => exec('/no/such/program'), '/no/such/program', 'no such program'],
  'a path through a file': [() => exec('/etc/passwd/program'), '/etc/passwd/program', 'no such program'],
  'a file without execute permission': [
    (rig) => exec(file(rig, 'locked', '#!/bin/sh\n', 0o600)),
    'locked',
    'permission denied',
    'execute permission',
  ],
  'a directory': [(rig) => exec(rig.directory), 'permission denied'],
  'a script with a CRLF shebang, run by the system': [
    (rig) => script(file(rig, 'dos.sh', '#!/bin/sh\r\necho hello\r\n', 0o700)),
    'dos.sh',
    'carriage return',
    'LF line endings',
  ],
  'a script with a CRLF shebang, run by its named interpreter': [
    (rig) => script(file(rig, 'dos.sh', '#!/bin/sh\r\necho hello\r\n', 0o600)),
    'carriage return',
    'LF line endings',
  ],
  'a script whose interpreter is missing': [
    (rig) => script(file(rig, 'lost.sh', '#!/no/interpreter -x\n', 0o700)),
    'lost.sh',
    'interpreter /no/interpreter does not exist',
  ],
  'arguments beyond what the system takes': [() => exec('echo', 'x'.repeat(4_000_000)), 'echo', 'stdin', 'E2BIG'],
};

describe('a command that cannot be started', () => {
  for (const [title, [command, ...says]] of Object.entries(cases)) {
    it(`fails with SPAWN_FAILED and what to do: ${title}`, async () => {
      await withEngine({ maxConcurrentExecutions: 1 }, async (rig) => {
        expectNeverStarted(await rig.engine.run({ command: command(rig) }), ...says);
      });
    });
  }

  it('fails when its directory was removed after it was submitted', async () => {
    await withEngine({ maxConcurrentExecutions: 1 }, async ({ engine, directory }) => {
      const workingDir = join(directory, 'soon-gone');
      mkdirSync(workingDir);
      const first = engine.execute({ command: exec('cat'), stdin: { pipe: true } });
      const second = engine.execute({ command: exec('true'), workingDir });
      rmdirSync(workingDir);
      first.end();
      expectNeverStarted(await second.result, workingDir, 'does not exist');
    });
  });

  for (const spawner of ['launcher', 'thread'] as const) {
    it(`fails when that was the directory of the app when it made the engine, and no other does (${spawner})`, async () => {
      const before = process.cwd();
      const gone = mkdtempSync(join(tmpdir(), 'execrx-soon-gone-'));
      process.chdir(gone);
      try {
        await withEngine({ spawner }, async ({ engine }) => {
          const there = engine.execute({ command: exec('true') });
          process.chdir(before);
          rmdirSync(gone);
          expectNeverStarted(await there.result, gone, 'does not exist');
          expect((await engine.run({ command: exec('pwd', '-P') })).stdout).to.equal(`${realpathSync(before)}\n`);
        });
      } finally {
        process.chdir(before);
      }
    });
  }

  it('is tried again as its retry policy says, with one end in all', async () => {
    await withEngine({ maxConcurrentExecutions: 1 }, async ({ engine }) => {
      const retry = { attempts: 3, backoffMs: 1 };
      const result = await engine.run({ command: exec('no-such-program-here'), retry });
      expect(result.attempts).to.equal(3);
      expectNeverStarted(result, 'no-such-program-here');
    });
  });

  it('leaves no slot taken when a hundred fail at once', async () => {
    await withEngine({ maxConcurrentExecutions: 4 }, async ({ engine }) => {
      const runs = Array.from({ length: 100 }, () => engine.run({ command: exec('no-such-program-here') }));
      const codes = (await Promise.all(runs)).map(({ error }) => error?.code);
      expect(new Set(codes)).to.deep.equal(new Set(['SPAWN_FAILED']));
    });
  });
});
