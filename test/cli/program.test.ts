import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { execrx, run } from '../support/cli/command-line.js';
import { projectRoot } from '../support/paths.js';
import { useTemporaryDirectory } from '../support/temporary-directory.js';

const COMMANDS = ['run', 'exec', 'map', 'validate', 'graph', 'schema', 'completion'];

describe('execrx', () => {
  const path = useTemporaryDirectory();

  it('may be executed as it is', () => {
    expect(statSync(execrx).mode & 0o111).to.equal(0o111);
  });

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    expect(await run(['--version'])).to.deep.include({ code: 0, out: `${version}\n`, err: '' });
  });

  for (const command of COMMANDS) {
    it(`explains ${command} with examples`, async () => {
      const { code, out } = await run([command, '--help']);
      expect(code).to.equal(0);
      expect(out)
        .to.match(new RegExp(`Usage: execrx ${command} .*\n`))
        .and.to.include('Examples:\n  $ ');
    });
  }

  it('says what a second Ctrl-C costs, and when scripts are looked at', async () => {
    const out = (await run(['run', '--help'])).out.replace(/\s+/g, ' ');
    expect(out).to.include('A second one kills them at once, and no report is written.');
    expect(out).to.include('Scripts and working directories of commands are looked at when their turn comes.');
    expect(out).not.to.include('however it ends');
  });

  for (const args of [['--help'], ['completion', 'bash'], ['schema'], ['validate', 'plan']]) {
    it(`does not load the engine for ${args.join(' ')}`, async () => {
      writeFileSync(path('plan'), 'commands: [{ command: { type: exec, program: echo } }]\n');
      const { code, err } = await run(args, { cwd: path('.'), env: { NODE_DEBUG: 'esm,module' } });
      expect(code).to.equal(0);
      expect(err).to.include('commander');
      expect(err).not.to.include('piscina');
    });
  }

  for (const args of ['schema', 'completion bash', 'graph plan', 'validate plan', 'run --dry-run plan', '--help']) {
    it(`fails, and says so, where its output cannot be written: ${args}`, () => {
      writeFileSync(path('plan'), 'commands: [{ run: echo }]\n');
      const { status, stderr } = spawnSync('sh', ['-c', `exec '${execrx}' ${args} > /dev/full`], {
        cwd: path('.'),
        encoding: 'utf8',
      });
      expect(stderr).to.equal('execrx: the output cannot be written: ENOSPC: no space left on device, write\n');
      expect(status).to.equal(1);
    });
  }

  it('says what a valid plan is', async () => {
    writeFileSync(
      path('plan.yaml'),
      'strategy: { type: serial }\ncommands: [{ command: { type: exec, program: echo } }]\n',
    );
    expect(await run(['validate', 'plan.yaml'], { cwd: path('.') })).to.deep.include({
      code: 0,
      out: 'plan.yaml: 1 command, one after the other\n',
    });
  });

  it('draws a plan as text and for Mermaid', async () => {
    const commands =
      '[{ name: a, command: { type: exec, program: x } }, { name: b, command: { type: exec, program: y }, depends_on: [a] }]';
    writeFileSync(path('plan.yaml'), `commands: ${commands}\n`);
    expect((await run(['graph', path('plan.yaml')])).out).to.match(/b +y +after a/);
    expect((await run(['graph', path('plan.yaml'), '--format', 'mermaid'])).out).to.match(/^flowchart .*c0 --> c1/s);
  });

  it('prints the schema of plan files', async () => {
    const { out } = await run(['schema']);
    expect(JSON.parse(out)).to.deep.equal(JSON.parse(readFileSync(join(projectRoot, 'dist/plan.schema.json'), 'utf8')));
  });

  for (const [typed, offered] of [
    [
      ['execrx', ''],
      ['run', 'exec', 'map', 'validate', 'graph', 'schema', 'completion', '--help', '--version'],
    ],
    [['execrx', 'va'], ['validate']],
    [['execrx', 'run', '--re'], ['--report']],
    [
      ['execrx', 'graph', '--format', ''],
      ['text', 'mermaid'],
    ],
    [['execrx', 'completion', 'z'], ['zsh']],
    [['execrx', 'run', 'pl'], []],
  ] as const) {
    it(`is completed by bash: ${typed.join(' ')}`, async () => {
      const { out: script } = await run(['completion', 'bash']);
      const words = typed.map((word) => `'${word}'`).join(' ');
      const ask = `COMP_WORDS=(${words}); COMP_CWORD=${typed.length - 1}; _execrx; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const answer = execFileSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' });
      expect(answer.split('\n').filter((word) => word !== '')).to.have.members([...offered]);
    });
  }
});
