import { expect } from 'chai';
import { fillInCommand, marksIn, mentions } from '#dist/actors/plan/references.js';
import type { PlanCommand } from '#dist/actors/protocol/plan.js';

const exec = (...args: string[]): PlanCommand => ({ command: { type: 'exec', program: 'echo', args } });
const argsOf = ({ command }: PlanCommand) => (command.type === 'shell' ? [] : command.args);

describe('references', () => {
  const filled = (...args: string[]) => argsOf(fillInCommand(exec(...args), ({ name, field }) => `<${name} ${field}>`));

  it('are replaced wherever they stand, with and without spaces', () => {
    expect(filled('${{ a.stdout }}', 'x${{a.stderr}}y${{  b-2.exitCode}}')).to.deep.equal([
      '<a stdout>',
      'x<a stderr>y<b-2 exitCode>',
    ]);
  });

  it('are written out with one more dollar sign', () => {
    expect(filled('$${{ a.stdout }}', '$${{', '$$${{ a.stdout }}')).to.deep.equal([
      '${{ a.stdout }}',
      '${{',
      '$${{ a.stdout }}',
    ]);
  });

  it('are nothing else that begins like one', () => {
    const texts = [
      '${{ github.sha }}',
      '${{ a.stdout',
      '${{}}',
      '${ a.stdout }',
      '{{ a.stdout }}',
      '${{ a.stdout.x }}',
      '',
    ];
    expect(filled(...texts)).to.deep.equal(texts);
  });

  it('are not looked for in what is put in', () => {
    const command = fillInCommand(exec('${{ a.stdout }}'), () => '${{ b.stdout }} $${{ $& $1');
    expect(argsOf(command)).to.deep.equal(['${{ b.stdout }} $${{ $& $1']);
  });

  it('are replaced in arguments of every kind of command and in values of env, and nowhere else', () => {
    const env = { VALUE: '${{ a.stdout }}' };
    const shell: PlanCommand = { command: { type: 'shell', command: 'echo "$VALUE"' }, env };
    const fill = (request: PlanCommand) => fillInCommand(request, () => 'A');
    expect(fill(shell)).to.deep.equal({ ...shell, env: { VALUE: 'A' } });
    const script = { type: 'script', path: 'p', args: ['${{ a.stdout }}'] } as const;
    expect(fill({ command: script }).command).to.deep.equal({ ...script, args: ['A'] });
    const aws = { type: 'aws_cli', service: 's', operation: 'o', args: ['${{ a.stdout }}'] } as const;
    expect(fill({ command: aws }).command).to.deep.equal({ ...aws, args: ['A'] });
    expect(fill({ command: { type: 'exec', program: 'p' } }).command).to.deep.equal({ type: 'exec', program: 'p' });
    expect(env.VALUE).to.equal('${{ a.stdout }}');
  });

  it('can be told from what begins with the name of a command but asks for something else', () => {
    expect(marksIn('${{ a.stdout }} ${{ a.out }} ${{ }} $${{ a.stdout }}')).to.deep.equal([
      { text: '${{ a.stdout }}', reference: { name: 'a', field: 'stdout' }, name: 'a' },
      { text: '${{ a.out }}', reference: null, name: 'a' },
      { text: '${{ }}', reference: null, name: null },
    ]);
  });

  it('are found wherever they may stand by a first look', () => {
    expect(mentions(exec('a', 'b'))).to.equal(false);
    expect(mentions(exec('a', '$${{ b'))).to.equal(true);
    const base = exec();
    for (const more of [{ env: { A: '${{' } }, { workingDir: '/${{' }, { stdin: '${{' }]) {
      expect(mentions({ ...base, ...more })).to.equal(true);
    }
    expect(mentions({ ...base, env: { A: 'x' }, stdin: new Uint8Array(3) })).to.equal(false);
    expect(mentions({ command: { type: 'shell', command: 'echo ${{ a.stdout }}' } })).to.equal(true);
  });
});
