import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect } from 'chai';
import type { Command } from '#lib/actors/protocol/command.js';
import { resolveCommand } from '#lib/runtime/request/resolve-command.js';
import { problemsOfThrown } from '../../../support/requests.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

const ODD_ARGS = ['', ' ', "'", '"', '$(id)', 'a\nb', '-c'];
const commandLine = (command: Command, workingDir: string | null = null) => {
  const { program, args } = resolveCommand(command, workingDir);
  return [program, ...args];
};

describe('resolveCommand', () => {
  it('runs a program with its arguments exactly as given', () => {
    expect(resolveCommand({ type: 'exec', program: 'tool', args: ODD_ARGS }, null)).to.deep.equal({
      program: 'tool',
      args: ODD_ARGS,
      env: {},
    });
    expect(commandLine({ type: 'exec', program: 'tool' })).to.deep.equal(['tool']);
  });

  it('runs a shell command with bash, or with the shell named', () => {
    expect(commandLine({ type: 'shell', command: 'a | b' })).to.deep.equal(['bash', '-c', 'a | b']);
    expect(commandLine({ type: 'shell', command: '-x', shell: '/bin/zsh' })).to.deep.equal(['/bin/zsh', '-c', '-x']);
  });

  it('runs the AWS command line with its settings in the environment', () => {
    const command = { type: 'aws_cli', service: 'ec2', operation: 'describe-instances' } as const;
    expect(
      resolveCommand({ ...command, args: ['--max-items', '5'], profile: 'dev', region: 'eu-west-1' }, null),
    ).to.deep.equal({
      program: 'aws',
      args: ['ec2', 'describe-instances', '--max-items', '5'],
      env: { AWS_OUTPUT: 'json', AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1' },
    });
    expect(resolveCommand(command, null)).to.deep.equal({
      program: 'aws',
      args: ['ec2', 'describe-instances'],
      env: { AWS_OUTPUT: 'json' },
    });
  });

  describe('for a script', () => {
    const at = useTemporaryDirectory();

    function write(text: string, mode = 0o644): string {
      writeFileSync(at('script'), text);
      chmodSync(at('script'), mode);
      return at('script');
    }
    const run = (fields: object = {}, workingDir: string | null = null) => {
      return commandLine({ type: 'script', path: at('script'), ...fields }, workingDir);
    };

    it('uses the interpreter named, whatever the file says', () => {
      const path = write('#!/bin/sh\n', 0o755);
      expect(run({ interpreter: 'python3', args: ODD_ARGS })).to.deep.equal(['python3', path, ...ODD_ARGS]);
    });

    it('leaves an executable one with a shebang to the system', () => {
      const path = write('#!/bin/sh\necho\n', 0o755);
      expect(run({ args: ['a'] })).to.deep.equal([path, 'a']);
    });

    it('runs one that is not executable as its shebang says: a program and at most one argument', () => {
      const path = write('#!/usr/bin/env node\n');
      expect(run({ args: ['a'] })).to.deep.equal(['/usr/bin/env', 'node', path, 'a']);
      write('#! \t/bin/sh \t-e -x \n');
      expect(run()).to.deep.equal(['/bin/sh', '-e -x', path]);
      write('#!/bin/sh');
      expect(run()).to.deep.equal(['/bin/sh', path]);
    });

    it('runs an executable one without a shebang with bash', () => {
      const path = write('echo hello\n', 0o755);
      expect(run({ args: ['a'] })).to.deep.equal(['bash', path, 'a']);
      write('#!\necho\n', 0o755);
      expect(run()).to.deep.equal(['bash', path]);
    });

    it('leaves an executable that is no text to the system', () => {
      const path = write('\x7fELF\0\0', 0o755);
      expect(run()).to.deep.equal([path]);
    });

    it('finds a relative path from the working directory of the request', () => {
      const path = write('echo\n', 0o755);
      expect(run({ path: './script' }, at())).to.deep.equal(['bash', path]);
    });

    it('finds a relative path from the working directory of the app where the request has none', () => {
      const path = write('echo\n', 0o755);
      expect(run({ path: relative(process.cwd(), path) })).to.deep.equal(['bash', path]);
    });

    it('leaves no descriptor open', () => {
      write('#!/bin/sh\n');
      const before = readdirSync('/proc/self/fd').length;
      run();
      expect(readdirSync('/proc/self/fd').length).to.equal(before);
    });

    const problemOf = (fields: object = {}) => {
      return problemsOfThrown(() => resolveCommand({ type: 'script', path: at('script'), ...fields }, null))[0];
    };

    it('refuses one that does not exist, however it fails to', () => {
      writeFileSync(at('file'), '');
      for (const path of [at('missing'), at('file', 'below'), at('x'.repeat(300))]) {
        for (const interpreter of [undefined, 'bash']) {
          const problem = problemOf({ path, interpreter });
          expect(problem).to.include({ path: 'command.path', expected: 'a script that exists' });
          expect(problem?.received).to.contain(path);
        }
      }
    });

    it('says of one that is not there that nothing is, and else what stands in the way', () => {
      writeFileSync(at('file'), '');
      expect(problemOf()?.received).to.equal(`nothing at ${at('script')}`);
      expect(problemOf({ path: at('file', 'x') })?.received).to.equal(`ENOTDIR at ${at('file', 'x')}`);
    });

    it('refuses a directory', () => {
      mkdirSync(at('script'));
      expect(problemOf()).to.include({ path: 'command.path', expected: 'a file' });
    });

    it('refuses one with neither shebang, execute permission nor interpreter', () => {
      write('echo\n');
      expect(problemOf()?.expected).to.match(/shebang line, execute permission, or an interpreter/);
    });
  });
});
