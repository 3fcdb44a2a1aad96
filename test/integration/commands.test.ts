import { expect } from 'chai';
import { awsCli, type Command, exec, script, shell } from 'execrx';
import { useEngines } from '../support/engine.js';
import { fixture } from '../support/paths.js';

const AWKWARD = ['two words', `"double" 'single'`, '$(id) `id` $HOME', 'line\nbreak', '', '*', '-n', '\\', 'é ☃'];
const AWKWARD_SHOWN = AWKWARD.map((argument) => `<${argument}>`).join('');

describe('builders', () => {
  it('return commands as plain data', () => {
    const built: Command[] = [
      exec('git', 'status', '-s'),
      exec('true'),
      shell('ls | wc -l'),
      shell('ls', { shell: 'sh' }),
      script('./x.py'),
      script('./x.py', { interpreter: 'python3', args: ['a'] }),
      awsCli('s3', 'ls'),
      awsCli('s3', 'ls', { args: ['--recursive'], profile: 'dev', region: 'eu-west-1' }),
    ];
    expect(built).to.deep.equal([
      { type: 'exec', program: 'git', args: ['status', '-s'] },
      { type: 'exec', program: 'true', args: [] },
      { type: 'shell', command: 'ls | wc -l' },
      { type: 'shell', command: 'ls', shell: 'sh' },
      { type: 'script', path: './x.py' },
      { type: 'script', path: './x.py', interpreter: 'python3', args: ['a'] },
      { type: 'aws_cli', service: 's3', operation: 'ls' },
      { type: 'aws_cli', service: 's3', operation: 'ls', args: ['--recursive'], profile: 'dev', region: 'eu-west-1' },
    ]);
  });
});

describe('exec', () => {
  const makeEngine = useEngines();

  it('passes arguments unchanged and involves no shell', async () => {
    const { stdout } = await makeEngine().run({ command: exec(fixture('show-arguments.sh'), ...AWKWARD) });
    expect(stdout).to.equal(AWKWARD_SHOWN);
  });

  it('needs no args field', async () => {
    const { status } = await makeEngine().run({ command: { type: 'exec', program: 'true' } });
    expect(status).to.equal('completed');
  });
});

describe('shell', () => {
  const makeEngine = useEngines();

  it('runs the command through bash by default', async () => {
    const { stdout } = await makeEngine().run({
      command: shell('echo "$BASH" | grep -o bash; for i in {1..3}; do echo $i; done'),
    });
    expect(stdout).to.equal('bash\n1\n2\n3\n');
  });

  it('runs it as `<shell> -c <command>` through another shell when one is named', async () => {
    const command = shell('a  "b"', { shell: fixture('show-arguments.sh') });
    expect((await makeEngine().run({ command })).stdout).to.equal('<-c><a  "b">');
  });

  it('fails to start, as any program, when the shell is not there', async () => {
    const { error } = await makeEngine().run({ command: shell('true', { shell: 'no-such-shell' }) });
    expect(error?.code).to.equal('SPAWN_FAILED');
  });
});

describe('aws_cli', () => {
  const makeEngine = useEngines();
  const env = { PATH: `${fixture('fake-aws')}:${process.env.PATH}` };

  it('runs `aws <service> <operation> <args>` with profile, region and JSON output in its environment', async () => {
    const options = { args: AWKWARD, profile: 'dev', region: 'eu-central-1' };
    const { stdout } = await makeEngine().run({ command: awsCli('s3api', 'list-objects', options), env });
    const [shown, variables] = [stdout.slice(0, stdout.lastIndexOf('\nprofile')), stdout.split('\n').at(-2)];
    expect(shown).to.equal(`<s3api><list-objects>${AWKWARD_SHOWN}`);
    expect(variables).to.equal('profile=dev region=eu-central-1 output=json');
  });

  it('asks for JSON whatever the environment says, and leaves profile and region alone when they are not given', async () => {
    const { stdout } = await makeEngine().run({
      command: awsCli('sts', 'get-caller-identity'),
      env: { ...env, AWS_OUTPUT: 'text', AWS_REGION: 'from-env' },
    });
    expect(stdout).to.equal('<sts><get-caller-identity>\nprofile=unset region=from-env output=json\n');
  });
});
