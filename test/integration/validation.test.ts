import { expect } from 'chai';
import { ExecutionError, type ExecutionRequest, exec, shell, ValidationError } from 'execrx';
import { useEngines } from '../support/engine.js';
import { thrownBy } from '../support/rejection.js';

/** A request the types refuse as well, as JavaScript may send it. */
type Anything = Record<string, unknown>;

const command = { type: 'exec', program: 'true' };
const refused: Array<{ what: string; request: Anything; path: string }> = [
  { what: 'no command', request: {}, path: 'command' },
  { what: 'an unknown kind of command', request: { command: { type: 'python', code: '1' } }, path: 'command.type' },
  { what: 'an empty program', request: { command: { type: 'exec', program: '' } }, path: 'command.program' },
  { what: 'an empty shell command', request: { command: { type: 'shell', command: '' } }, path: 'command.command' },
  {
    what: 'an empty service',
    request: { command: { type: 'aws_cli', service: '', operation: 'x' } },
    path: 'command.service',
  },
  {
    what: 'an empty operation',
    request: { command: { type: 'aws_cli', service: 'x', operation: '' } },
    path: 'command.operation',
  },
  {
    what: 'an argument that is no string',
    request: { command: { ...command, args: ['a', 1] } },
    path: 'command.args[1]',
  },
  {
    what: 'an argument with a NUL byte',
    request: { command: { ...command, args: ['a', 'b', 'c\0d'] } },
    path: 'command.args[2]',
  },
  { what: 'a program with a NUL byte', request: { command: { ...command, program: 'a\0' } }, path: 'command.program' },
  { what: 'a NUL byte in a shell command', request: { command: shell('echo \0') }, path: 'command.command' },
  { what: 'an unknown field', request: { command, timeout: 5 }, path: 'timeout' },
  { what: 'an unknown field of the command', request: { command: { ...command, arg: 'x' } }, path: 'command.arg' },
  { what: 'an unknown field of the metadata', request: { command, metadata: { user: 'x' } }, path: 'metadata.user' },
  { what: 'an id that is no UUID', request: { command, id: 'job-1' }, path: 'id' },
  { what: 'a time-out above the ceiling', request: { command, timeoutMs: 3_600_001 }, path: 'timeoutMs' },
  { what: 'a time-out of zero', request: { command, timeoutMs: 0 }, path: 'timeoutMs' },
  { what: 'a time-out that is no number', request: { command, timeoutMs: '5s' }, path: 'timeoutMs' },
  { what: 'a queue time-out below zero', request: { command, queueTimeoutMs: -1 }, path: 'queueTimeoutMs' },
  { what: 'an idle time-out that is no whole number', request: { command, idleTimeoutMs: 1.5 }, path: 'idleTimeoutMs' },
  { what: 'a priority that is no number', request: { command, priority: Number.NaN }, path: 'priority' },
  { what: 'no attempts', request: { command, retry: { attempts: 0, backoffMs: 1 } }, path: 'retry.attempts' },
  { what: 'a retry without a pause', request: { command, retry: { attempts: 2 } }, path: 'retry.backoffMs' },
  {
    what: 'a retry of something else',
    request: { command, retry: { attempts: 2, backoffMs: 1, on: ['cancelled'] } },
    path: 'retry.on[0]',
  },
  { what: 'an unknown strategy', request: { command, oversizedOutputStrategy: 'x' }, path: 'oversizedOutputStrategy' },
  { what: 'a cap below zero', request: { command, maxOutputSizeBytes: -1 }, path: 'maxOutputSizeBytes' },
  { what: 'input of another type', request: { command, stdin: 5 }, path: 'stdin' },
  { what: 'an environment of numbers', request: { command, env: { A: 1 } }, path: 'env.A' },
  { what: 'a flag that is none', request: { command, inheritEnv: 'no' }, path: 'inheritEnv' },
  { what: 'a tag that is no string', request: { command, metadata: { tags: { a: 1 } } }, path: 'metadata.tags.a' },
];

describe('validation', () => {
  const makeEngine = useEngines();

  for (const { what, request, path } of refused) {
    it(`refuses ${what}, synchronously, and names the field`, () => {
      const engine = makeEngine();
      const error = thrownBy(() => engine.execute(request as unknown as ExecutionRequest)) as ValidationError;
      expect(error).to.be.instanceOf(ValidationError).and.instanceOf(ExecutionError);
      expect(error.code).to.equal('VALIDATION_ERROR');
      expect(error.problems.map((problem) => problem.path)).to.deep.equal([path]);
      expect(error.problems[0]?.expected).to.match(/\w/);
      expect(error.problems[0]?.received).to.match(/\w/);
      expect(error.message).to.include(path);
      expect(engine.getStats().total).to.equal(0);
    });
  }

  it('refuses what is no request at all', () => {
    const engine = makeEngine();
    for (const request of [undefined, null, 'ls', 5, []]) {
      expect(thrownBy(() => engine.execute(request as never))).to.be.instanceOf(ValidationError);
    }
  });

  it('names every wrong field at once', () => {
    const request = { command: { type: 'exec', program: '' }, timeoutMs: -1, colour: 'red' } as never;
    const error = thrownBy(() => makeEngine().execute(request)) as ValidationError;
    expect(error.problems.map(({ path }) => path)).to.have.members(['command.program', 'timeoutMs', 'colour']);
  });

  it('refuses an id that is in use, running or finished', async () => {
    const engine = makeEngine();
    const id = '33333333-3333-4333-8333-333333333333';
    const run = engine.execute({ id, command: exec('true') });
    expect(thrownBy(() => engine.execute({ id, command: exec('true') }))).to.be.instanceOf(ValidationError);
    await run.result;
    const error = thrownBy(() => engine.execute({ id, command: exec('true') })) as ValidationError;
    expect(error.problems[0]?.path).to.equal('id');
    expect(engine.getStats().total).to.equal(1);
  });

  it('takes the ceiling itself, and the one of the configuration', async () => {
    const engine = makeEngine({ maxTimeoutMs: 5_000 });
    expect((await engine.run({ command: exec('true'), timeoutMs: 5_000 })).status).to.equal('completed');
    const error = thrownBy(() => engine.execute({ command: exec('true'), timeoutMs: 5_001 })) as ValidationError;
    expect(error.message).to.include('5000').and.to.include('5001');
  });

  it('does not show values that may be secrets', () => {
    const request = { command, env: { TOKEN: 'hunter2\0' }, password: 'hunter2' } as never;
    expect((thrownBy(() => makeEngine().execute(request)) as Error).message).not.to.include('hunter2');
  });

  it('is not undone by a caller who changes the request afterwards', async () => {
    const engine = makeEngine();
    const args = ['before'];
    const env = { WORD: 'before' };
    const run = engine.execute({
      command: { type: 'exec', program: 'sh', args: ['-c', 'echo $0 $WORD', ...args] },
      env,
    });
    const passed = engine.execute({ command: { type: 'exec', program: 'echo', args } });
    args[0] = 'after';
    env.WORD = 'after';
    expect((await run.result).stdout).to.equal('before before\n');
    expect((await passed.result).stdout).to.equal('before\n');
  });
});
