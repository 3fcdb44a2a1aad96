import { expect } from 'chai';
import { awsCli, exec, script, shell } from '#lib/runtime/commands.js';

describe('command builders', () => {
  it('exec takes a program and its arguments', () => {
    expect(exec('git', 'log', '-1')).to.deep.equal({ type: 'exec', program: 'git', args: ['log', '-1'] });
    expect(exec('git')).to.deep.equal({ type: 'exec', program: 'git', args: [] });
  });

  it('shell takes a command line and a shell', () => {
    expect(shell('a | b')).to.deep.equal({ type: 'shell', command: 'a | b' });
    expect(shell('a', { shell: 'zsh' })).to.deep.equal({ type: 'shell', command: 'a', shell: 'zsh' });
  });

  it('script takes a path, an interpreter and arguments', () => {
    expect(script('./x.sh')).to.deep.equal({ type: 'script', path: './x.sh' });
    expect(script('./x', { interpreter: 'perl', args: ['-w'] })).to.deep.equal({
      type: 'script',
      path: './x',
      interpreter: 'perl',
      args: ['-w'],
    });
  });

  it('awsCli takes a service, an operation and its settings', () => {
    expect(awsCli('s3', 'ls')).to.deep.equal({ type: 'aws_cli', service: 's3', operation: 'ls' });
    expect(awsCli('s3', 'ls', { args: ['--recursive'], profile: 'p', region: 'r' })).to.deep.equal({
      type: 'aws_cli',
      service: 's3',
      operation: 'ls',
      args: ['--recursive'],
      profile: 'p',
      region: 'r',
    });
  });
});
