import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { EngineStoppedError, exec, ValidationError } from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { collected } from '../support/garbage.js';
import { thrownBy } from '../support/rejection.js';

const naps = (size: number) => Array.from({ length: size }, () => ({ command: exec('sleep', '0.05') }));
const sleepers = (size: number) => Array.from({ length: size }, () => ({ command: exec('sleep', '600') }));

describe('a plan and its engine', () => {
  const makeEngine = useEngines();

  it('drain together: a plan under way goes on submitting within `drainMs`', async () => {
    const engine = makeEngine();
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: naps(4) });
    const events = collect(engine.events$);
    await engine.stop({ drainMs: 15_000 });
    expect((await plan.result).status).to.equal('completed');
    expect(events.values.at(-1)?.type).to.equal('plan_finished');
    expect(events.completed).to.equal(true);
  });

  it('end together: what runs is ended, the rest never runs, and the result comes before the streams complete', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 2 });
    const plan = engine.executePlan({ strategy: { type: 'parallel' }, commands: sleepers(5) });
    const events = collect(engine.events$);
    await eventually('two run', () => engine.getStats().running === 2);
    await engine.stop();
    const { status, results } = await plan.result;
    expect(status).to.equal('cancelled');
    const codes = results.map(({ error }) => error?.code);
    expect(codes.toSorted()).to.deep.equal([...Array(2).fill('ENGINE_STOPPED'), ...Array(3).fill('PLAN_STOPPED')]);
    expect(events.values.at(-1)?.type).to.equal('plan_finished');
    expect(thrownBy(() => engine.executePlan({ strategy: { type: 'serial' }, commands: naps(1) }))).to.be.instanceOf(
      EngineStoppedError,
    );
  });

  it('end together also before the plan has begun', async () => {
    const engine = makeEngine();
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: naps(2) });
    const stopped = engine.stop();
    const { status, results } = await plan.result;
    expect([status, ...results.map(({ pid }) => pid)]).to.deep.equal(['cancelled', null, null]);
    await stopped;
  });

  it('keep the ids of commands to come for the plan, until it is over', async () => {
    const engine = makeEngine();
    const [first, second] = [randomUUID(), randomUUID()];
    const commands = [
      { id: first, command: exec('sleep', '600') },
      { id: second, command: exec('true') },
    ];
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands });
    const submitSecond = () => engine.execute({ id: second, command: exec('true') });
    expect(thrownBy(submitSecond)).to.be.instanceOf(ValidationError);
    expect(
      thrownBy(() => engine.executePlan({ strategy: { type: 'serial' }, commands: commands.slice(1) })),
    ).to.be.instanceOf(ValidationError);
    plan.cancel();
    const { results } = await plan.result;
    expect(results.map(({ id }) => id)).to.deep.equal([first, second]);
    expect((await submitSecond().result).status).to.equal('completed'); // it never ran
  });

  it('are both meant by cancelAll: a plan starts nothing more', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 2 });
    const plan = engine.executePlan({ strategy: { type: 'parallel' }, commands: sleepers(5) });
    await eventually('two run', () => engine.getStats().running === 2);
    expect(engine.cancelAll('all of it')).to.equal(2);
    const { status, results } = await plan.result;
    expect(status).to.equal('cancelled');
    expect(results.map(({ error }) => error?.message)).to.deep.equal([
      ...Array(2).fill('all of it'),
      ...Array(3).fill('The plan was cancelled: all of it'),
    ]);
    expect(engine.getStats().total).to.equal(2);
  });

  it('share slots in order of arrival: a plan does not overtake those who wait', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const blocker = await startedBlocker(engine);
    const order: string[] = [];
    engine.events$.subscribe((event) => event.type === 'started' && order.push(event.executionId));
    const waits = engine.execute({ command: exec('true') });
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: [{ command: exec('true') }] });
    await eventually('both wait', () => engine.getConcurrencyMetrics().currentlyPending === 2);
    blocker.release();
    const { results } = await plan.result;
    expect(order).to.deep.equal([waits.id, results[0]?.id]);
  });

  it('part once the plan is over: the engine remembers its executions, not the plan', async () => {
    const engine = makeEngine();
    const run = async () => {
      const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: naps(2), timeoutMs: 60_000 });
      plan.events$.subscribe();
      return new WeakRef(await plan.result);
    };
    const result = await run();
    expect(engine.listExecutions()).to.have.length(2);
    await collected(result);
  });

  it('know each plan by an id of its own, while it lives', async () => {
    const engine = makeEngine();
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: naps(1) });
    const again = { id: plan.id, strategy: { type: 'serial' as const }, commands: naps(1) };
    expect(thrownBy(() => engine.executePlan(again))).to.be.instanceOf(ValidationError);
    await plan.result;
    const { planId } = await engine.executePlan(again).result;
    expect(planId).to.equal(plan.id);
  });
});
