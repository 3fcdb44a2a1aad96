import { expect } from 'chai';
import { referenceProblems } from '#dist/actors/plan/check-references.js';
import { topologicalOrder } from '#dist/actors/plan/order.js';
import { schemeOf } from '#dist/actors/plan/strategy.js';
import type { ExecutionStrategy, PlanCommand } from '#dist/actors/protocol/plan.js';

const serial: ExecutionStrategy = { type: 'serial' };
const build: PlanCommand = { name: 'build', command: { type: 'exec', program: 'make' } };
const echo = (text: string): PlanCommand => ({ command: { type: 'exec', program: 'echo', args: ['first', text] } });

describe('references of a plan', () => {
  function problemsWith(commands: PlanCommand[], strategy: ExecutionStrategy = serial) {
    const { graph } = schemeOf(strategy, commands.length).scheme;
    const problems = referenceProblems(commands, graph, topologicalOrder(graph));
    return problems.map(({ path, expected, received }) => `${path}: ${expected}: ${received}`);
  }
  const early = (path: string, text: string, index: number) =>
    `${path}: a command that surely runs before this one: ${text}, which is command ${index}`;

  it('may be to any earlier command of a serial plan, and to no later one or itself', () => {
    const [text, path] = ['${{ build.stdout }}', 'command.args[1]'];
    expect(problemsWith([build, echo(text)])).to.deep.equal([]);
    expect(problemsWith([echo(text), build])).to.deep.equal([early(`commands[0].${path}`, text, 1)]);
    expect(problemsWith([{ ...echo(text), name: 'build' }])).to.deep.equal([early(`commands[0].${path}`, text, 0)]);
  });

  it('may never be to another command of a parallel plan', () => {
    expect(problemsWith([build, echo('${{ build.stdout }}')], { type: 'parallel' })).to.have.lengthOf(1);
  });

  it('may be to whatever a command of a graph depends on, directly or not', () => {
    const commands = [build, echo('x'), echo('${{ build.stdout }}'), echo('${{ build.exitCode }}')];
    const dependencies = { 1: [0], 2: [1] };
    expect(problemsWith(commands, { type: 'dependency_graph', dependencies })).to.deep.equal([
      early('commands[3].command.args[1]', '${{ build.exitCode }}', 0),
    ]);
  });

  it('must be to a name of the plan', () => {
    expect(problemsWith([build, { ...echo('x'), env: { A: '${{ biuld.stdout }}' } }])).to.deep.equal([
      'commands[1].env.A: the name of a command of this plan: ${{ biuld.stdout }}',
    ]);
    expect(problemsWith([echo('${{ a.stdout }}')])).to.have.lengthOf(1);
  });

  it('must ask for something there is', () => {
    expect(problemsWith([build, echo('${{ build.stdot }}'), echo('${{ build }}')])).to.deep.equal([
      'commands[1].command.args[1]: ${{ build.… }} with stdout, stderr or exitCode, or $${{ for the text itself: ${{ build.stdot }}',
      'commands[2].command.args[1]: ${{ build.… }} with stdout, stderr or exitCode, or $${{ for the text itself: ${{ build }}',
    ]);
  });

  it('are nothing to do with what other tools write in the same way, or what is written with $${{', () => {
    expect(problemsWith([build, echo('${{ github.sha }} ${{ matrix["node"] }} $${{ build.stdot }}')])).to.deep.equal(
      [],
    );
  });

  it('are refused where they would not be data', () => {
    const text = '${{ build.stdout }}';
    const places: Array<[string, PlanCommand]> = [
      ['command.command', { command: { type: 'shell', command: `echo ${text}` } }],
      ['command.program', { command: { type: 'exec', program: text } }],
      ['command.path', { command: { type: 'script', path: text } }],
      ['command.interpreter', { command: { type: 'script', path: 'x', interpreter: text } }],
      ['command.operation', { command: { type: 'aws_cli', service: 's', operation: text } }],
      ['workingDir', { ...echo('x'), workingDir: text }],
      ['stdin', { ...echo('x'), stdin: text }],
      ['command.args[1]', { command: { type: 'exec', program: '/bin/bash', args: ['-ec', `echo ${text}`] } }],
    ];
    for (const [path, command] of places) {
      expect(problemsWith([build, command])).to.deep.equal([
        `commands[1].${path}: no reference here: pass it through env or args, which take it as data: ${text}`,
      ]);
    }
  });

  it('may be positional parameters of a shell', () => {
    const args = ['-c', 'echo "$1"', 'sh', '${{ build.stdout }}'];
    expect(problemsWith([build, { command: { type: 'exec', program: 'sh', args } }])).to.deep.equal([]);
  });
});
