import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { run } from '../support/cli/command-line.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

describe('bad input ends with 2, says what is wrong on standard error, and runs nothing:', () => {
  const path = useTemporaryDirectory();

  async function refused(args: string[], ...messages: string[]): Promise<void> {
    const { code, out, err } = await run(args);
    expect({ code, out }, err).to.deep.equal({ code: 2, out: '' });
    for (const message of messages) expect(err).to.include(message);
    expect(err).not.to.match(/^ +at /m);
  }

  function plan(text: string): string {
    writeFileSync(
      path('plan.yaml'),
      text.replaceAll('TOUCH', `{ type: exec, program: touch, args: ['${path('made')}'] }`),
    );
    return path('plan.yaml');
  }

  afterEach(() => expect(statSync(path('made'), { throwIfNoEntry: false })).to.equal(undefined));

  it('an unknown command', () => refused(['nonsense'], "execrx: unknown command 'nonsense'"));
  it('no command at all', () => refused([], 'Usage: execrx'));
  it('an unknown option', () => refused(['run', '--nonsense', 'x'], "unknown option '--nonsense'"));
  it('a missing argument', () => refused(['exec'], "missing required argument 'command'"));
  it('a number that is none', () => refused(['map', '--jobs', '0', 'true'], 'Expected a whole number from 1'));
  it('a duration that is none', () => refused(['exec', '--timeout', '5d', 'true'], 'Expected a duration such as'));
  it('options that exclude one another', () => refused(['run', '--json', '--quiet', 'x'], 'cannot be used with'));
  it('a template with an open quote', () => refused(['map', "echo 'a"], 'not closed'));
  it('a plan that is not there', () => refused(['run', path('none.yaml')], path('none.yaml')));
  it('a plan within what is no directory', () => refused(['run', '/dev/null/plan.yaml'], '/dev/null/plan.yaml: '));

  it('a plan in a pipe, with the way to give it', async () => {
    execFileSync('mkfifo', [path('pipe')]);
    for (const command of ['run', 'validate', 'graph']) {
      await refused([command, path('pipe')], `${path('pipe')}: not a file, but a pipe`, 'standard input, with - for');
    }
  });

  it('a field that no plan has, with its place', async () => {
    const file = plan('commands:\n  - command: TOUCH\n    nonsense: 1\n');
    await refused(['run', file], `${file}:3:5: `, '    nonsense: 1');
    await refused(['validate', file], `${file}:3:5: `);
    await refused(['graph', file], `${file}:3:5: `);
  });

  it('a cycle', async () => {
    const commands =
      '  - { name: a, command: TOUCH, depends_on: [b] }\n  - { name: b, command: TOUCH, depends_on: [a] }\n';
    await refused(['run', plan(`commands:\n${commands}`)], ':2:', 'wait for each other: 0 -> 1 -> 0');
  });

  it('a report that cannot be written', async () => {
    const file = plan('commands:\n  - command: TOUCH\n');
    await refused(['run', file, '--report', path('none', 'r.html')], '--report', 'ENOENT');
    await refused(['run', file, '--report', path('plan.yaml', 'r.html')], '--report', 'ENOTDIR');
    await refused(['run', file, '--junit', path('.')], '--junit', 'got a directory');
  });

  it('a report that would take the place of its plan', async () => {
    const file = plan('commands:\n  - command: TOUCH\n');
    const text = readFileSync(file, 'utf8');
    symlinkSync(file, path('link.yaml'));
    for (const [read, written] of [
      ['plan.yaml', './plan.yaml'],
      ['link.yaml', 'plan.yaml'],
      ['plan.yaml', 'link.yaml'],
    ] as const) {
      await refused(['run', path(read), '--report', path(written)], '--report');
      await refused(['run', path(read), '--junit', path(written)], '--junit');
    }
    expect(readFileSync(file, 'utf8')).to.equal(text);
  });

  it('a log directory that cannot be', async () => {
    const file = plan('commands:\n  - command: TOUCH\n');
    await refused(['run', file, '--log-dir', '/dev/null/logs'], 'logDir');
  });
});
