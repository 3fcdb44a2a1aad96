import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { run } from '../support/cli/command-line.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

const PLAN = `commands:
  - name: build
    command: { type: shell, command: 'echo building; echo warning >&2' }
  - name: test
    command: { type: shell, command: 'echo "\${0}" testing; exit 3' }
    depends_on: [build]
  - name: deploy
    command: { type: exec, program: echo, args: [deploying] }
    depends_on: [test]
`;

describe('execrx run', () => {
  const path = useTemporaryDirectory();
  let plan = '';
  beforeEach(() => {
    plan = path('plan.yaml');
    writeFileSync(plan, PLAN);
  });

  it('puts the name of its command before each line, and ends with 1 when something failed', async () => {
    const { code, out, err } = await run(['run', plan]);
    expect({ code, out }).to.deep.equal({ code: 1, out: 'build | building\ntest | bash testing\n' });
    expect(err).to.include('build | warning\n');
    expect(err).to.match(/execrx: test: The process exited with code 3/);
    expect(err).to.match(/execrx: deploy never ran: It depends on test \(command 1\), which did not complete\n/);
    expect(err).to.match(/1 of 3 commands completed, 1 failed, 1 never ran in .*\n$/);
  });

  it('ends with 0 when all completed, and says nothing with --quiet', async () => {
    writeFileSync(plan, PLAN.replace('exit 3', 'exit 0'));
    expect(await run(['run', plan, '--quiet'])).to.deep.include({ code: 0, out: '', err: '' });
    expect((await run(['run', plan])).out).to.include('deploy | deploying\n');
  });

  it('reads a plan from its input', async () => {
    expect((await run(['run', '-', '--quiet'], { input: PLAN })).err).to.include('test: The process exited');
  });

  it('says why a command could not be given its input', async () => {
    writeFileSync(
      plan,
      `strategy: { type: dependency_graph }
commands:
  - { name: long, run: 'printf 123456', max_output_size_bytes: 4 }
  - { name: reads, exec: [echo, '\${{ long.stdout }}'], depends_on: [long] }
`,
    );
    for (const options of [[], ['--quiet']]) {
      const { err } = await run(['run', plan, '--report', path('report.html'), ...options]);
      const reason = 'It refers to stdout of long (command 0), of whose 6 bytes only the first 4 were kept';
      expect(err).to.include(`reads never ran: ${reason}`);
      expect(readFileSync(path('report.html'), 'utf8')).to.include(reason);
    }
  });

  it('prints nothing but events with --json, one a line, the last of them the end of the plan', async () => {
    const { code, out, err } = await run(['run', plan, '--json']);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect({ code, err }).to.deep.equal({ code: 1, err: '' });
    expect(events[0]).to.deep.include({ type: 'plan_started', total: 3 });
    expect(events.at(-1)).to.deep.include({ type: 'plan_finished' });
    expect(events.find(({ type }) => type === 'failed')).to.include({ name: 'test' });
    expect(events.filter(({ executionId, name }) => (executionId === undefined) !== (name === undefined))).to.be.empty;
    const types = new Set(events.map(({ type }) => type));
    for (const type of ['queued', 'started', 'stdout', 'stderr', 'completed', 'failed', 'progress']) {
      expect(types.has(type), type).to.equal(true);
    }
  });

  it('lists what would run, in order, and runs nothing, with --dry-run', async () => {
    writeFileSync(plan, `commands:\n  - command: { type: exec, program: touch, args: ['${path('made')}'] }\n`);
    expect(await run(['run', plan, '--dry-run'])).to.deep.include({ code: 0, out: `touch ${path('made')}\n`, err: '' });
    expect(statSync(path('made'), { throwIfNoEntry: false })).to.equal(undefined);
  });

  it('writes its reports when something failed, too, for this user alone', async () => {
    const [page, results] = [path('report.html'), path('results.xml')];
    expect((await run(['run', plan, '-q', '--report', page, '--junit', results])).code).to.equal(1);
    expect(readFileSync(page, 'utf8')).to.include('testing');
    expect(readFileSync(results, 'utf8')).to.include('failures="1"');
    for (const file of [page, results]) expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('ends with 1 when a report could not be written, says which, and writes the other', async () => {
    writeFileSync(plan, 'commands: [{ exec: ["true"] }]\n');
    const { code, err } = await run(['run', plan, '-q', '--report', '/dev/full', '--junit', path('results.xml')]);
    expect(code).to.equal(1);
    expect(err).to.match(/^execrx: --report \/dev\/full: it could not be written: ENOSPC.*\n$/);
    expect(readFileSync(path('results.xml'), 'utf8')).to.include('tests="1"');
  });

  it('goes on after failures with --keep-going', async () => {
    writeFileSync(
      plan,
      `strategy: { type: serial }\ncommands:\n  - command: { type: exec, program: 'false' }\n  - name: next\n    command: { type: exec, program: echo, args: [there] }\n`,
    );
    expect((await run(['run', plan])).out).to.equal('');
    expect((await run(['run', plan, '--keep-going'])).out).to.equal('next | there\n');
  });

  it('runs no more at once than --jobs says', async () => {
    const lock = path('lock');
    const script = `mkdir ${lock} || exit 9; sleep 0.05; rmdir ${lock}`;
    const command = `  - command: { type: shell, command: '${script}' }\n`;
    writeFileSync(plan, `strategy: { type: parallel }\ncommands:\n${command.repeat(4)}`);
    expect((await run(['run', plan, '--jobs', '1', '-q'])).code).to.equal(0);
  });

  it('runs as many at once as --jobs says, though the plan says less', async () => {
    // Each of the two waits for the other.
    const command = (own: string, other: string) =>
      `  - command: { type: shell, command: 'touch ${path(own)}; until [ -e ${path(other)} ]; do sleep 0.02; done' }\n`;
    const commands = command('one', 'two') + command('two', 'one');
    writeFileSync(plan, `strategy: { type: parallel, max_concurrency: 1 }\ncommands:\n${commands}`);
    expect((await run(['run', plan, '--jobs', '2', '-q', '--timeout', '10s'])).code).to.equal(0);
  });

  it('ends the whole plan after --timeout', async () => {
    writeFileSync(plan, `commands:\n  - name: long\n    command: { type: exec, program: sleep, args: ['60'] }\n`);
    const { code, err } = await run(['run', plan, '--timeout', '300ms']);
    expect(code).to.equal(1);
    expect(err).to.include('the time for the plan ran out');
  });

  it('keeps a log of each command in --log-dir', async () => {
    const { out } = await run(['run', plan, '--json', '--log-dir', path('logs')]);
    const finished = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
    expect(readFileSync(finished.result.results[0].logPath, 'utf8')).to.include('building');
  });

  it('says where the log is of a command that failed', async () => {
    for (const options of [[], ['--quiet']]) {
      const { err } = await run(['run', plan, '--log-dir', path('logs'), ...options]);
      const [, log = '', ...more] = err.match(/^(?:execrx: )? {2}log: (.*)$/m) ?? [];
      expect(readFileSync(log, 'utf8')).to.include('testing');
      expect(more).to.be.empty;
    }
    expect((await run(['run', plan])).err).not.to.include('log:');
  });
});
