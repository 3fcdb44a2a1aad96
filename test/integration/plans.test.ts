import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ExecutionEvent, type ExecutionPlan, exec, type PlanExecutionResult, shell } from 'execrx';
import { useEngines } from '../support/engine.js';
import { collect, ofType } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { useTempDirectories } from '../support/temporary-directory.js';

const outcomesOf = ({ results }: PlanExecutionResult) => results.map(({ status, error }) => error?.code ?? status);

/** Start and end of each command by its first argument, in the order of the events. */
function courseOf(events: readonly ExecutionEvent[]): string[] {
  const titles = new Map<string, string>();
  return events.flatMap((event) => {
    if ('planId' in event) return [];
    if (event.type === 'started' && event.command.type === 'exec') {
      titles.set(event.executionId, event.command.args?.at(-1) ?? '');
      return [`+${titles.get(event.executionId)}`];
    }
    return 'result' in event ? [`-${titles.get(event.executionId) ?? '?'}`] : [];
  });
}

describe('a plan', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  it('of one command after the other runs them so, and tells of each and of the whole', async () => {
    const engine = makeEngine();
    const plan = engine.executePlan({
      strategy: { type: 'serial' },
      commands: [{ command: exec('echo', 'a') }, { command: exec('echo', 'b') }],
    });
    const own = collect(plan.events$);
    const all = collect(engine.events$);
    const progress = collect(plan.progress$);
    const result = await plan.result;
    expect(result).to.deep.include({ planId: plan.id, status: 'completed' });
    expect(result.stats).to.deep.equal({ total: 2, completed: 2, failed: 0, cancelled: 0, timeout: 0 });
    expect(result.results.map(({ stdout }) => stdout)).to.deep.equal(['a\n', 'b\n']);
    const each = ['queued', 'started', 'progress', 'stdout', 'completed', 'progress'];
    // Progress is told in turn, but not in step, with the process's own events.
    expect(own.values.map(({ type }) => type)).to.have.members(['plan_started', ...each, ...each, 'plan_finished']);
    expect(own.values.at(0)?.type).to.equal('plan_started');
    expect(own.values.at(-1)).to.deep.include({ type: 'plan_finished', planId: plan.id, result });
    expect(courseOf(own.values)).to.deep.equal(['+a', '-a', '+b', '-b']);
    expect(all.values).to.deep.equal(own.values);
    expect(own.completed).to.equal(true);
    expect(progress.values.at(0)).to.deep.equal({ completed: 0, total: 2, currentCommand: null });
    expect(progress.values.at(-1)).to.deep.equal({ completed: 2, total: 2, currentCommand: 'echo b' });
    expect(progress.completed).to.equal(true);
  });

  it('in series ends with the first command that fails, or goes on if told to', async () => {
    const engine = makeEngine();
    const commands = [{ command: exec('false') }, { command: exec('true') }];
    const stops = await engine.executePlan({ strategy: { type: 'serial' }, commands }).result;
    expect([stops.status, ...outcomesOf(stops)]).to.deep.equal(['failed', 'EXIT_NON_ZERO', 'PLAN_STOPPED']);
    const goesOn = await engine.executePlan({ strategy: { type: 'serial', stopOnError: false }, commands }).result;
    expect([goesOn.status, ...outcomesOf(goesOn)]).to.deep.equal(['failed', 'EXIT_NON_ZERO', 'completed']);
  });

  it('in parallel never runs more than its own limit, nor more than the engine’s', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 3 });
    let running = 0;
    let most = 0;
    engine.events$.subscribe((event) => {
      if (event.type === 'started') most = Math.max(most, ++running);
      else if ('result' in event && event.type !== 'plan_finished') running--;
    });
    const commands = Array.from({ length: 8 }, () => ({ command: exec('sleep', '0.05') }));
    await engine.executePlan({ strategy: { type: 'parallel', maxConcurrency: 2 }, commands }).result;
    expect(most).to.equal(2);
    await engine.executePlan({ strategy: { type: 'parallel', maxConcurrency: 5 }, commands }).result;
    expect(most).to.equal(3);
  });

  it('in parallel goes on when a command fails, or ends those that run if told to', async () => {
    const engine = makeEngine();
    const commands = [{ command: exec('sleep', '600') }, { command: exec('false') }];
    const strategy = { type: 'parallel', stopOnError: true } as const;
    const stops = await engine.executePlan({ strategy, commands }).result;
    expect([stops.status, ...outcomesOf(stops)]).to.deep.equal(['failed', 'CANCELLED', 'EXIT_NON_ZERO']);
    const message = 'The plan was stopped because command 1 did not complete';
    expect(stops.results[0]?.error?.message).to.equal(message);
    const brief = [{ command: exec('sleep', '0.1') }, { command: exec('false') }];
    const goesOn = await engine.executePlan({ strategy: { type: 'parallel' }, commands: brief }).result;
    expect(outcomesOf(goesOn)).to.deep.equal(['completed', 'EXIT_NON_ZERO']);
  });

  it('starts a node the moment its last dependency ends, without waiting for a level', async () => {
    const gate = join(tempDirectory(), 'gate');
    const engine = makeEngine();
    // In levels, what opens the gate would wait for what waits at the gate.
    const slow = shell(`until [ -e "$GATE" ]; do sleep 0.01; done`);
    const plan = engine.executePlan({
      strategy: { type: 'dependency_graph', dependencies: { 2: [0], 3: [2], 4: [1] } },
      commands: [
        { command: exec('echo', 'first') },
        { command: slow, env: { GATE: gate }, timeoutMs: 15_000 },
        { command: exec('echo', 'second') },
        { command: exec('touch', gate) },
        { command: exec('echo', 'after slow') },
      ],
    });
    const events = collect(plan.events$);
    const result = await plan.result;
    expect(result.status).to.equal('completed');
    const course = courseOf(events.values);
    expect(course.indexOf('-second')).to.be.within(0, course.indexOf('-?') - 1);
    expect(course.indexOf('+after slow')).to.be.greaterThan(course.indexOf('-?'));
  });

  it('skips what depends on a command that failed, and runs the rest, or stops if told to', async () => {
    const engine = makeEngine();
    const plan: ExecutionPlan = {
      strategy: { type: 'dependency_graph', dependencies: { 1: [0], 2: [1], 4: [3] } },
      commands: [
        { name: 'build', command: exec('false') },
        ...Array.from({ length: 4 }, () => ({ command: exec('sleep', '0.1') })),
      ],
    };
    const skips = await engine.executePlan(plan).result;
    expect(skips.status).to.equal('failed');
    const skipped = 'DEPENDENCY_FAILED';
    expect(outcomesOf(skips)).to.deep.equal(['EXIT_NON_ZERO', skipped, skipped, 'completed', 'completed']);
    expect(skips.results[2]?.error?.message).to.equal('It depends on build (command 0), which did not complete');
    const strategy = { ...plan.strategy, onFailure: 'stop' } as ExecutionPlan['strategy'];
    const slow = plan.commands.map((request, index) => (index === 3 ? { command: exec('sleep', '600') } : request));
    const stops = await engine.executePlan({ ...plan, strategy, commands: slow }).result;
    expect(outcomesOf(stops).slice(0, 3)).to.deep.equal(['EXIT_NON_ZERO', 'PLAN_STOPPED', 'PLAN_STOPPED']);
    expect(outcomesOf(stops)[4]).to.equal('PLAN_STOPPED');
  });

  it('ends when its own time runs out; a command that times out only fails it', async () => {
    const engine = makeEngine();
    const commands = [{ command: exec('sleep', '600') }, { command: exec('true') }];
    const late = await engine.executePlan({ strategy: { type: 'serial' }, commands, timeoutMs: 150 }).result;
    expect([late.status, ...outcomesOf(late)]).to.deep.equal(['timeout', 'CANCELLED', 'PLAN_STOPPED']);
    const [slow] = commands;
    const own = await engine.executePlan({
      strategy: { type: 'serial' },
      commands: [{ ...slow, command: exec('sleep', '600'), timeoutMs: 50 }],
    }).result;
    expect([own.status, ...outcomesOf(own)]).to.deep.equal(['failed', 'TIMEOUT']);
  });

  it('is cancelled as a whole: what runs is ended, the rest never runs; more cancels change nothing', async () => {
    const engine = makeEngine();
    const commands = [{ command: exec('sleep', '600') }, { command: exec('true') }];
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands });
    plan.events$.subscribe(({ type }) => type === 'started' && plan.cancel('seen enough'));
    const result = await plan.result;
    plan.cancel('too late');
    expect([result.status, ...outcomesOf(result)]).to.deep.equal(['cancelled', 'CANCELLED', 'PLAN_STOPPED']);
    for (const { error } of result.results) expect(error?.message).to.equal('The plan was cancelled: seen enough');
  });

  it('consists of executions like any other: listed, cancellable, logged, and counted', async () => {
    const engine = makeEngine();
    const plan = engine.executePlan({
      strategy: { type: 'serial', stopOnError: false },
      commands: [{ command: exec('sleep', '600') }, { command: exec('echo', 'x') }],
      metadata: { tags: { of: 'plan' } },
    });
    plan.events$.subscribe((event) => {
      if (event.type === 'started' && engine.getStats().running === 1) {
        if (engine.listExecutions({ planId: plan.id }).length === 1) engine.cancel(event.executionId, 'this one only');
      }
    });
    const result = await plan.result;
    expect(result.results[0]?.error).to.deep.equal({ code: 'CANCELLED', message: 'this one only' });
    expect([result.status, ...outcomesOf(result)]).to.deep.equal(['failed', 'CANCELLED', 'completed']);
    const listed = engine.listExecutions({ planId: plan.id, tags: { of: 'plan' } });
    expect(listed.map(({ id, planId }) => [id, planId])).to.deep.equal(
      result.results.toReversed().map(({ id }) => [id, plan.id]),
    );
    expect(await engine.readLogs(result.results[1]?.id ?? '')).to.contain('x');
    expect(engine.getStats()).to.deep.include({ total: 2, completed: 1, cancelled: 1 });
  });

  it('is not refused for its size, whatever the bounds of the queue', async () => {
    const commands = Array.from({ length: 20 }, () => ({ command: exec('true') }));
    for (const bounds of [{ admission: 'reject' as const }, { maxQueuedExecutions: 0 }]) {
      const engine = makeEngine({ maxConcurrentExecutions: 2, ...bounds });
      const [first, second] = [1, 2].map(() => engine.executePlan({ strategy: { type: 'parallel' }, commands }));
      expect([(await first?.result)?.status, (await second?.result)?.status]).to.deep.equal(['completed', 'completed']);
    }
  });

  it('looks at the file system when a command’s turn comes: an earlier one may make what it needs', async () => {
    const made = join(tempDirectory(), 'made');
    const engine = makeEngine();
    const result = await engine.executePlan({
      strategy: { type: 'serial' },
      commands: [
        { command: exec('mkdir', made) },
        { command: exec('pwd'), workingDir: made },
        { command: exec('pwd'), workingDir: join(made, 'not made') },
      ],
    }).result;
    expect(outcomesOf(result)).to.deep.equal(['completed', 'completed', 'SPAWN_FAILED']);
    expect(result.results[1]?.stdout).to.equal(`${made}\n`);
    expect(result.results[2]?.error?.message).to.contain('workingDir: expected a directory that exists');
    expect(existsSync(join(made, 'not made'))).to.equal(false);
  });

  it('replays everything but output to a late subscriber, also after the end', async () => {
    const engine = makeEngine();
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: [{ command: exec('echo', 'x') }] });
    const live = collect(plan.events$);
    await plan.result;
    const late = await collect(plan.events$).done;
    expect(late).to.deep.equal(live.values.filter(({ type }) => type !== 'stdout'));
    expect(ofType(live.values, 'stdout').map(({ line }) => line)).to.deep.equal(['x']);
    expect(await collect(plan.progress$).done).to.deep.equal([{ completed: 1, total: 1, currentCommand: 'echo x' }]);
  });

  it('lets the lines of a command that runs already through to whoever subscribes', async () => {
    const gate = join(tempDirectory(), 'gate');
    const engine = makeEngine();
    const waits = { command: shell('until [ -e "$GATE" ]; do sleep 0.01; done; echo opened'), env: { GATE: gate } };
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: [waits] });
    await eventually('it runs', () => engine.getStats().running === 1);
    const events = collect(plan.events$);
    writeFileSync(gate, '');
    await plan.result;
    expect(ofType(events.values, 'stdout').map(({ line }) => line)).to.deep.equal(['opened']);
  });
});
