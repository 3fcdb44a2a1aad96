import { expect } from 'chai';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { resolveRequest } from '#lib/runtime/request/resolve-request.js';
import { problemsOfThrown, problemsWith, resolve } from '../../../support/requests.js';

const exec = (fields: object) => ({ command: { type: 'exec', program: 'x', ...fields } });
const shell = (fields: object) => ({ command: { type: 'shell', command: 'x', ...fields } });
const script = (fields: object) => ({
  command: { type: 'script', path: '/etc/passwd', interpreter: 'cat', ...fields },
});
const aws = (fields: object) => ({ command: { type: 'aws_cli', service: 's', operation: 'o', ...fields } });
const retry = (fields: object) => ({ retry: { attempts: 2, backoffMs: 1, ...fields } });

/** One line of validation each: the field's path, what was expected, what came. */
const REFUSED: Array<[request: object, path: string, expected: RegExp, received: string]> = [
  [{ command: undefined }, 'command', /a command/, 'nothing'],
  [{ command: 'ls' }, 'command', /a command/, "'ls'"],
  [{ command: {} }, 'command.type', /'exec' \| 'shell'/, 'nothing'],
  [{ command: { type: 'bash' } }, 'command.type', /'exec' \| 'shell'/, "'bash'"],
  [exec({ program: undefined }), 'command.program', /a string/, 'nothing'],
  [exec({ program: '' }), 'command.program', /not empty/, 'an empty string'],
  [exec({ program: 'a\0' }), 'command.program', /without NUL/, 'a string with a NUL byte at 1'],
  [exec({ args: 'a' }), 'command.args', /array of strings/, "'a'"],
  [exec({ args: ['a', 5] }), 'command.args[1]', /a string/, '5'],
  [exec({ args: ['a', 'b', '\0'] }), 'command.args[2]', /without NUL/, 'a string with a NUL byte at 0'],
  [exec({ arguments: [] }), 'command.arguments', /no such field/, 'object'],
  [shell({ command: '' }), 'command.command', /not empty/, 'an empty string'],
  [shell({ command: 'a\0' }), 'command.command', /without NUL/, 'a string with a NUL byte at 1'],
  [shell({ shell: '' }), 'command.shell', /not empty/, 'an empty string'],
  [shell({ args: [] }), 'command.args', /no such field/, 'object'],
  [script({ path: '' }), 'command.path', /not empty/, 'an empty string'],
  [script({ path: 'a\0' }), 'command.path', /without NUL/, 'a string with a NUL byte at 1'],
  [script({ interpreter: '' }), 'command.interpreter', /not empty/, 'an empty string'],
  [aws({ service: '' }), 'command.service', /not empty/, 'an empty string'],
  [aws({ operation: '' }), 'command.operation', /not empty/, 'an empty string'],
  [aws({ operation: undefined }), 'command.operation', /a string/, 'nothing'],
  [aws({ profile: 5 }), 'command.profile', /a string/, '5'],
  [aws({ region: '' }), 'command.region', /not empty/, 'an empty string'],
  [{ id: 'not a uuid' }, 'id', /a UUID/, "'not a uuid'"],
  [{ id: '../../etc/passwd' }, 'id', /a UUID/, "'../../etc/passwd'"],
  [{ env: [] }, 'env', /object of strings/, 'an array of 0'],
  [{ env: { A: 5 } }, 'env.A', /a string/, '5'],
  [{ env: { A: 'x\0' } }, 'env.A', /without NUL/, 'a string with a NUL byte at 1'],
  [{ env: { 'A=B': 'secret' } }, 'env.A=…', /variable name/, "'A=…'"],
  [{ env: { ['__proto__']: 'a' } }, 'env', /without the name __proto__/, 'an object'],
  [{ metadata: { tags: { ['__proto__']: 'a' } } }, 'metadata.tags', /without the name __proto__/, 'an object'],
  [{ env: { '': 'secret' } }, 'env.', /variable name/, 'an empty string'],
  [{ env: { 'A\0': 'secret' } }, 'env.A\0', /variable name/, 'a string with a NUL byte at 1'],
  [{ inheritEnv: 'no' }, 'inheritEnv', /true or false/, "'no'"],
  [{ workingDir: '' }, 'workingDir', /not empty/, 'an empty string'],
  [{ workingDir: '/\0' }, 'workingDir', /without NUL/, 'a string with a NUL byte at 1'],
  [{ stdin: 5 }, 'stdin', /\{ pipe: true \}/, '5'],
  [{ stdin: { pipe: false } }, 'stdin', /\{ pipe: true \}/, 'an object'],
  [{ timeoutMs: 0 }, 'timeoutMs', /from 1/, '0'],
  [{ timeoutMs: 1.5 }, 'timeoutMs', /whole number/, '1.5'],
  [{ timeoutMs: '5' }, 'timeoutMs', /whole number/, "'5'"],
  [{ timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs', /whole number/, 'Infinity'],
  [{ timeoutMs: 3_600_001 }, 'timeoutMs', /at most maxTimeoutMs \(3600000\)/, '3600001'],
  [{ queueTimeoutMs: 0 }, 'queueTimeoutMs', /from 1/, '0'],
  [{ idleTimeoutMs: -1 }, 'idleTimeoutMs', /from 1/, '-1'],
  [{ priority: Number.NaN }, 'priority', /finite number/, 'NaN'],
  [{ priority: 'high' }, 'priority', /finite number/, "'high'"],
  [{ retry: 3 }, 'retry', /attempts and backoffMs/, '3'],
  [retry({ attempts: 0 }), 'retry.attempts', /from 1/, '0'],
  [retry({ backoffMs: -1 }), 'retry.backoffMs', /from 0/, '-1'],
  [retry({ factor: 0.5 }), 'retry.factor', /at least 1/, '0.5'],
  [retry({ factor: Number.POSITIVE_INFINITY }), 'retry.factor', /at least 1/, 'Infinity'],
  [retry({ maxBackoffMs: 0.5 }), 'retry.maxBackoffMs', /whole number/, '0.5'],
  [retry({ on: ['cancelled'] }), 'retry.on[0]', /'failed' or 'timeout'/, "'cancelled'"],
  [retry({ on: [] }), 'retry.on', /'failed', 'timeout'/, 'an array of 0'],
  [retry({ jitter: 1 }), 'retry.jitter', /no such field/, 'number'],
  [{ ...retry({}), stdin: { pipe: true } }, 'retry', /no retry together with stdin/, 'both'],
  [{ maxOutputSizeBytes: -1 }, 'maxOutputSizeBytes', /from 0/, '-1'],
  [{ oversizedOutputStrategy: 'drop' }, 'oversizedOutputStrategy', /'fail_execution'/, "'drop'"],
  [{ metadata: 'x' }, 'metadata', /an object/, "'x'"],
  [{ metadata: { source: 5 } }, 'metadata.source', /a string/, '5'],
  [{ metadata: { tags: { a: 1 } } }, 'metadata.tags.a', /a string/, '1'],
  [{ metadata: { tag: 'secret' } }, 'metadata.tag', /no such field/, 'string'],
  [{ cwd: '/tmp' }, 'cwd', /no such field/, 'string'],
];

describe('a request', () => {
  for (const [request, path, expected, received] of REFUSED) {
    it(`is refused for ${JSON.stringify(path)} with ${received}`, () => {
      const problems = problemsWith(request);
      expect(problems).to.have.lengthOf(1);
      expect(problems[0]).to.include({ path, received });
      expect(problems[0]?.expected).to.match(expected);
    });
  }

  it('is refused with every problem it has', () => {
    const problems = problemsWith({ id: 'x', timeoutMs: 0, foo: 1, ...exec({ args: [1, 2] }) });
    const paths = ['id', 'timeoutMs', 'foo', 'command.args[0]', 'command.args[1]'];
    expect(problems.map(({ path }) => path)).to.have.members(paths);
  });

  it('is refused when it is no object at all', () => {
    for (const request of [null, undefined, 5, 'ls -l', []]) {
      const [problem] = problemsOfThrown(() => resolveRequest(request as never, defaultConfig()));
      expect(problem).to.include({ path: '', expected: 'an object with a command' });
    }
  });

  it('may have a timeout of exactly the ceiling', () => {
    expect(resolve({ timeoutMs: 3_600_000 }).timeoutMs).to.equal(3_600_000);
  });

  it('may leave any optional field undefined', () => {
    const fields = ['id', 'env', 'inheritEnv', 'workingDir', 'stdin', 'timeoutMs', 'retry', 'priority', 'metadata'];
    const request = Object.fromEntries(fields.map((field) => [field, undefined]));
    expect(resolve(request)).to.include({ timeoutMs: 300_000, priority: 0, cwd: process.cwd() });
  });

  it('may name a program that is not there: that is for its result to say', () => {
    expect(resolve(exec({ program: '/no/such/program' })).program).to.equal('/no/such/program');
  });
});
