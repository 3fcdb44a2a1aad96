import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { ExecutionPlan, PlanCommand } from '#lib/actors/protocol/plan.js';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { resolvePlan } from '#lib/runtime/plan/resolve-plan.js';
import { problemsOfThrown, trueCommand } from '../../../support/requests.js';

const serial = { type: 'serial' } as const;
const one: PlanCommand = { command: trueCommand };

describe('resolvePlan', () => {
  const config = { ...defaultConfig(), maxConcurrentExecutions: 10 };
  const resolve = (plan: object, taken: string[] = []) =>
    resolvePlan(plan as ExecutionPlan, config, (id) => taken.includes(id));
  const problemsWith = (plan: object, taken: string[] = []) =>
    problemsOfThrown(() => resolve({ strategy: serial, commands: [one], ...plan }, taken)).map(
      ({ path, expected, received }) => `${path}: ${expected}: ${received}`,
    );
  const graph = (size: number, dependencies: object, names: string[] = []) => ({
    strategy: { type: 'dependency_graph', dependencies },
    commands: Array.from({ length: size }, (_, index) => ({ ...one, ...(names[index] && { name: names[index] }) })),
  });

  it('refuses what is no plan', () => {
    expect(problemsOfThrown(() => resolve(null as never))).to.have.lengthOf(1);
    expect(problemsWith({ commands: [] })).to.deep.equal(['commands: at least one command: an array of 0']);
    expect(problemsWith({ strategy: { type: 'random' } })[0]).to.match(/^strategy.type: a strategy/);
    expect(problemsWith({ parallel: true })).to.deep.equal(['parallel: no such field: boolean']);
    expect(problemsWith({ id: 'x', timeoutMs: 0 })).to.have.lengthOf(2);
    expect(problemsWith({ strategy: { type: 'parallel', maxConcurrency: 0 } })).to.have.lengthOf(1);
  });

  it('refuses a bad command with its place in the plan', () => {
    const bad = { command: { type: 'exec', program: '', args: [1] } };
    expect(problemsWith({ commands: [one, bad] })).to.deep.equal([
      'commands[1].command.program: a string that is not empty: an empty string',
      'commands[1].command.args[0]: a string: 1',
    ]);
    expect(problemsWith({ commands: [{ ...one, timeoutMs: 9_000_000 }] })).to.deep.equal([
      'commands[0].timeoutMs: at most maxTimeoutMs (3600000): 9000000',
    ]);
  });

  it('shows a cycle, by indices and by names', () => {
    expect(problemsWith(graph(4, { 0: [2], 2: [1], 1: [0], 3: [0] }))).to.deep.equal([
      'strategy.dependencies: no cycle (each depends on the next): 0 -> 2 -> 1 -> 0',
    ]);
    const named = problemsWith(graph(3, { 0: [2], 2: [0] }, ['a', '', 'c']));
    expect(named[0]).to.match(/: 0 -> 2 -> 0 \(a -> c -> a\)$/);
    expect(problemsWith(graph(1, { 0: [0] }))[0]).to.match(/a cycle: 0 -> 0$/);
  });

  it('leaves out the middle of a long cycle', () => {
    const size = 1_000;
    const dependencies = Object.fromEntries(Array.from({ length: size }, (_, node) => [node, [(node + 1) % size]]));
    const [problem] = problemsWith(graph(size, dependencies));
    expect(problem).to.match(/: 0 -> 1 -> 2 .* -> 9 -> \(981 more\) -> 991 -> .* -> 999 -> 0$/);
  });

  it('refuses indices out of range', () => {
    expect(problemsWith(graph(2, { 1: [2] }))[0]).to.match(
      /dependencies.1\[0\]: the index of a command, from 0 to 1: 2$/,
    );
  });

  it('refuses ids and names that occur twice, ids that are in use, and names that are none', () => {
    const [id, taken] = [randomUUID(), randomUUID()];
    const commands = [
      { ...one, id, name: 'a' },
      { ...one, id, name: 'a' },
      { ...one, id: taken },
    ];
    expect(problemsWith({ commands }, [taken])).to.deep.equal([
      `commands[1].id: an id that no other command of the plan has: '${id}', as commands[0] has`,
      "commands[1].name: a name that no other command of the plan has: 'a', as commands[0] has",
      `commands[2].id: an id that is not in use: '${taken}'`,
    ]);
    for (const name of ['', 'a b', 'a.b', 'é', 7]) {
      expect(problemsWith({ commands: [{ ...one, name }] })[0]).to.match(/^commands\[0\].name: a name/);
    }
  });

  it('refuses live input, which nobody could feed', () => {
    expect(problemsWith({ commands: [one, { ...one, stdin: { pipe: true } }] })).to.deep.equal([
      'commands[1].stdin: text or bytes, for nobody could feed a live input: a plan gives no handle to its executions: { pipe: true }',
    ]);
    expect(resolve({ strategy: serial, commands: [{ ...one, stdin: 'text' }] }).commands[0]?.stdin).to.equal('text');
  });

  it('names the first hundred mistakes of thousands', () => {
    const commands = Array.from({ length: 5_000 }, () => ({ command: 1 }));
    const problems = problemsWith({ commands });
    expect(problems).to.have.lengthOf(101);
    expect(problems.at(-1)).to.equal(': a plan without mistakes: 4900 more');
  });

  it('asks nothing of the file system', () => {
    const commands = [{ command: { type: 'script', path: '/no/such/script' }, workingDir: '/no/such/directory' }];
    expect(resolve({ strategy: serial, commands }).commands).to.have.lengthOf(1);
  });

  it('is bound by the plan’s own limit and by the engine’s', () => {
    const limitOf = (strategy: object) => resolve({ strategy, commands: [one] }).setup.limit;
    expect(limitOf({ type: 'parallel' })).to.equal(10);
    expect(limitOf({ type: 'parallel', maxConcurrency: 3 })).to.equal(3);
    expect(limitOf({ type: 'dependency_graph', dependencies: {}, maxConcurrency: 30 })).to.equal(10);
    expect(limitOf(serial)).to.equal(1);
  });

  it('gives the plan’s metadata to commands that have none', () => {
    const own = { source: 'own' };
    const { commands } = resolve({
      strategy: serial,
      commands: [one, { ...one, metadata: own }],
      metadata: { source: 'plan' },
    });
    expect(commands.map(({ metadata }) => metadata?.source)).to.deep.equal(['plan', 'own']);
  });

  it('keeps what it was given, whatever becomes of it later', () => {
    const stdin = new Uint8Array([1, 2]);
    const args = ['a'];
    const plan = { strategy: serial, commands: [{ command: { type: 'exec', program: 'x', args }, stdin }] };
    const { commands } = resolve(plan);
    stdin[0] = 9;
    args.push('b');
    plan.commands.length = 0;
    expect(commands).to.deep.equal([
      { command: { type: 'exec', program: 'x', args: ['a'] }, stdin: new Uint8Array([1, 2]) },
    ]);
  });
});
