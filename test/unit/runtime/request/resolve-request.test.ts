import { mkdirSync, realpathSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { ConfigurationError } from '#lib/actors/protocol/errors.js';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { resolveRequest, submissionOf } from '#lib/runtime/request/resolve-request.js';
import { problemsWith, resolve, trueCommand } from '../../../support/requests.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('resolveRequest', () => {
  it('fills in every default', () => {
    const { id, ...rest } = resolve();
    expect(id).to.match(UUID);
    expect(rest).to.deep.equal({
      command: trueCommand,
      planId: null,
      program: 'true',
      args: [],
      env: {},
      inheritEnv: true,
      cwd: process.cwd(),
      stdin: { type: 'none' },
      batch: null,
      timeoutMs: 300_000,
      queueTimeoutMs: null,
      idleTimeoutMs: null,
      priority: 0,
      retry: null,
      maxOutputSizeBytes: 10_485_760,
      oversizedOutputStrategy: 'truncate_with_warning',
      tags: {},
    });
  });

  it('keeps everything that was said', () => {
    const said = {
      id: '0F8FAD5B-D9CB-469F-A165-70867728950E',
      inheritEnv: false,
      timeoutMs: 1_000,
      queueTimeoutMs: 2_000,
      idleTimeoutMs: 3_000,
      priority: -1.5,
      maxOutputSizeBytes: 0,
      oversizedOutputStrategy: 'stream_to_file',
      env: { A: '', B: 'x=y' },
    };
    expect(resolve({ ...said, metadata: { source: 's', conversationId: 'c', tags: { team: 'x' } } })).to.deep.include({
      ...said,
      tags: { team: 'x' },
    });
  });

  it('refuses to put output into a directory that is not there and cannot be made, also where no logs are written', () => {
    const config = { ...defaultConfig(), logOutput: false, logDir: '/dev/null/nowhere' };
    const request = { command: trueCommand, oversizedOutputStrategy: 'stream_to_file' as const };
    expect(() => resolveRequest(request, config)).to.throw(ConfigurationError, 'logDir');
    expect(resolveRequest({ command: trueCommand }, config).oversizedOutputStrategy).to.equal('truncate_with_warning');
  });

  it('makes another id for each', () => {
    expect(resolve().id).to.not.equal(resolve().id);
  });

  it('belongs to the plan it is submitted for', () => {
    expect(submissionOf({ command: trueCommand }, defaultConfig(), 'plan').planId).to.equal('plan');
  });

  it('fills in the defaults of a retry policy', () => {
    expect(resolve({ retry: { attempts: 3, backoffMs: 10 } }).retry).to.deep.equal({
      attempts: 3,
      backoffMs: 10,
      factor: 1,
      maxBackoffMs: 2_147_483_647,
      on: ['failed'],
    });
    const whole = { attempts: 3, backoffMs: 10, factor: 2.5, maxBackoffMs: 40, on: ['timeout', 'failed'] };
    expect(resolve({ retry: whole }).retry).to.deep.equal(whole);
  });

  it('takes text, bytes and live input for standard input', () => {
    expect(resolve({ stdin: 'text' }).stdin).to.deep.equal({ type: 'data', data: 'text' });
    expect(resolve({ stdin: '' }).stdin).to.deep.equal({ type: 'data', data: '' });
    expect(resolve({ stdin: { pipe: true } }).stdin).to.deep.equal({ type: 'pipe' });
  });

  it('copies bytes and arguments: the caller may use them again', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const args = ['a'];
    const { stdin, args: kept } = resolve({ stdin: bytes, command: { type: 'exec', program: 'x', args } });
    bytes.fill(9);
    args.push('b');
    expect(stdin).to.deep.equal({ type: 'data', data: new Uint8Array([1, 2, 3]) });
    expect(kept).to.deep.equal(['a']);
  });

  it('puts the variables of the command over those of the request', () => {
    const command = { type: 'aws_cli', service: 's3api', operation: 'list-buckets', region: 'eu-west-1' };
    expect(resolve({ command, env: { AWS_REGION: 'us-east-1', A: 'b' } }).env).to.deep.equal({
      A: 'b',
      AWS_OUTPUT: 'json',
      AWS_REGION: 'eu-west-1',
    });
  });

  it('is of what was checked, whatever a getter says when it is asked again', () => {
    const answers: unknown[] = ['true', 5];
    const command = {
      type: 'exec',
      get program() {
        return answers.length > 1 ? answers.shift() : answers[0];
      },
    };
    const resolved = resolve({ command });
    expect([resolved.program, resolved.command]).to.deep.equal(['true', { type: 'exec', program: 'true' }]);
  });

  it('does not change with the objects it was given', () => {
    const command = { type: 'exec', program: 'echo', args: ['a'] };
    const env = { A: '1' };
    const tags = { a: 'b' };
    const resolved = resolve({ command, env, metadata: { tags } });
    command.args.push('b');
    env.A = '2';
    tags.a = 'c';
    expect(resolved).to.deep.include({ args: ['a'], env: { A: '1' }, tags: { a: 'b' } });
    expect(resolved.command).to.deep.equal({ type: 'exec', program: 'echo', args: ['a'] });
  });

  describe('workingDir', () => {
    const at = useTemporaryDirectory();

    it('is made absolute', () => {
      const before = process.cwd();
      mkdirSync(at('sub'));
      process.chdir(at());
      try {
        expect(resolve({ workingDir: 'sub' }).cwd).to.equal(`${realpathSync(at())}/sub`);
      } finally {
        process.chdir(before);
      }
    });

    it('must be given where the directory of the app has been removed', () => {
      const before = process.cwd();
      mkdirSync(at('gone'));
      process.chdir(at('gone'));
      try {
        rmdirSync(at('gone'));
        expect(problemsWith({})).to.deep.equal([
          {
            path: 'workingDir',
            expected: 'a directory, for the one the app is in has been removed',
            received: 'nothing',
          },
        ]);
        expect(resolve({ workingDir: at() }).cwd).to.equal(at());
      } finally {
        process.chdir(before);
      }
    });

    it('may be a link to a directory', () => {
      symlinkSync('/', at('link'));
      expect(resolve({ workingDir: at('link') }).cwd).to.equal(at('link'));
    });

    it('is refused with what is there instead', () => {
      writeFileSync(at('file'), '');
      expect(problemsWith({ workingDir: at('file') })[0]?.received).to.equal(`something else at ${at('file')}`);
      expect(problemsWith({ workingDir: at('missing') })[0]?.received).to.equal(`nothing at ${at('missing')}`);
    });

    it('must be a directory that exists, however it fails to', () => {
      writeFileSync(at('file'), '');
      symlinkSync(at('loop'), at('loop'));
      const wrong = [at('missing'), at('file'), at('file', 'below'), at('loop'), at('x'.repeat(300))];
      for (const workingDir of wrong) {
        const [problem, ...more] = problemsWith({ workingDir });
        expect(problem).to.include({ path: 'workingDir', expected: 'a directory that exists' });
        expect(problem?.received).to.contain(workingDir);
        expect(more).to.deep.equal([]);
      }
    });
  });
});
