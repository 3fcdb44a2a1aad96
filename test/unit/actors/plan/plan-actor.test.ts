import { expect } from 'chai';
import { Subject } from 'rxjs';
import { PlanActor } from '#dist/actors/plan/plan-actor.js';
import { EngineStoppedError, EngineUnhealthyError, ValidationError } from '#dist/actors/protocol/errors.js';
import type { Transition } from '#dist/actors/protocol/event.js';
import type { ExecutionStrategy, PlanCommand } from '#dist/actors/protocol/plan.js';
import { eventually, nextTurn, turnsFor } from '../../../support/eventually.js';
import { FakePlanPort, numbered, workOf } from '../../../support/fake-plan-port.js';
import { RecordingLogger } from '../../../support/recording-logger.js';
import { SimulatedClock } from '../../../support/simulated-clock.js';

const serial: ExecutionStrategy = { type: 'serial' };
const parallel: ExecutionStrategy = { type: 'parallel' };

describe('PlanActor', () => {
  function make() {
    const clock = new SimulatedClock(1_000);
    const transitions$ = new Subject<Transition>();
    const logger = new RecordingLogger();
    const actor = new PlanActor(clock, logger, transitions$);
    return { clock, transitions$, actor, port: new FakePlanPort(transitions$), logger };
  }
  type Made = ReturnType<typeof make>;

  function start(made: Made, strategy: ExecutionStrategy, commands: PlanCommand[], timeoutMs: number | null = null) {
    return made.port.start(made.actor, workOf(strategy, commands, { timeoutMs }));
  }
  const outcomesOf = ({ port }: Made) => port.result?.results.map(({ status, error }) => [status, error?.code ?? null]);

  it('submits nothing and tells nothing before the caller’s synchronous code is over', async () => {
    const made = make();
    start(made, parallel, numbered(2));
    expect([made.port.submitted, made.port.events]).to.deep.equal([[], []]);
    await turnsFor();
    expect([...made.port.running]).to.deep.equal(['0', '1']);
    expect(made.port.events.map(({ type }) => type)).to.deep.equal(['plan_started']);
  });

  it('tells of each start and each end, and of the result last', async () => {
    const made = make();
    const { port, clock } = made;
    start(made, serial, numbered(2));
    await turnsFor();
    clock.advance(5);
    for (const id of ['0', '1']) {
      port.started(id);
      port.ended(id);
      await turnsFor();
    }
    const progress = (completed: number, index: number) => ({
      type: 'progress',
      timestamp: 1_005,
      planId: 'plan',
      completed,
      total: 2,
      currentCommand: `do ${index}`,
    });
    expect(port.events.slice(0, -1)).to.deep.equal([
      { type: 'plan_started', timestamp: 1_000, planId: 'plan', total: 2 },
      progress(0, 0),
      progress(1, 0),
      progress(1, 1),
      progress(2, 1),
    ]);
    expect(port.result).to.deep.include({ planId: 'plan', status: 'completed', totalDurationMs: 5 });
    expect(port.result?.stats).to.deep.equal({ total: 2, completed: 2, failed: 0, cancelled: 0, timeout: 0 });
    expect(port.overs).to.equal(1);
  });

  it('keeps results in the order of the commands, whatever the order of their ends', async () => {
    const made = make();
    start(made, parallel, numbered(3));
    await turnsFor();
    for (const id of ['2', '0', '1']) made.port.ended(id);
    await turnsFor();
    expect(made.port.result?.results.map(({ id }) => id)).to.deep.equal(['0', '1', '2']);
  });

  it('gives what never ran a result that says why, with an id and a log path but no attempt', async () => {
    const made = make();
    start(made, serial, [{ name: 'build', ...numbered(1)[0] } as PlanCommand, ...numbered(2).slice(1)]);
    await turnsFor();
    made.port.ended('build', 'failed');
    await turnsFor();
    const never = made.port.result?.results[1];
    const message = 'The plan was stopped because build (command 0) did not complete';
    expect(never).to.deep.include({ id: '1', status: 'cancelled', error: { code: 'PLAN_STOPPED', message } });
    expect(never).to.deep.include({ attempts: 0, pid: null, startedAt: null, durationMs: 0, logPath: '/logs/1.log' });
    expect(made.port.result?.status).to.equal('failed');
  });

  it('names the command that failed to those that depended on it', async () => {
    const made = make();
    start(made, { type: 'dependency_graph', dependencies: { 1: [0], 2: [1] } }, numbered(3));
    await turnsFor();
    made.port.ended('0', 'timeout');
    await turnsFor();
    expect(made.port.result?.status).to.equal('failed');
    for (const result of made.port.result?.results.slice(1) ?? []) {
      const message = 'It depends on command 0, which did not complete';
      expect(result.error).to.deep.equal({ code: 'DEPENDENCY_FAILED', message });
    }
  });

  it('cancels what runs when its time runs out, and waits for its end', async () => {
    const made = make();
    start(made, serial, numbered(2), 50);
    await turnsFor();
    made.clock.advance(50);
    await turnsFor();
    expect(made.port.cancelled.get('0')).to.equal('The plan did not end within 50 ms');
    expect(made.port.result).to.equal(null);
    made.port.ended('0', 'cancelled');
    await turnsFor();
    expect(made.port.result?.status).to.equal('timeout');
    expect(outcomesOf(made)?.[1]).to.deep.equal(['cancelled', 'PLAN_STOPPED']);
  });

  it('leaves no timer behind', async () => {
    const made = make();
    start(made, serial, numbered(1), 50);
    await turnsFor();
    made.port.ended('0');
    await turnsFor();
    expect(made.clock.pending).to.deep.equal([]);
  });

  it('ends at once when it is cancelled before it began, and has begun all the same', async () => {
    const made = make();
    start(made, serial, numbered(2)).stop({ type: 'cancelled', reason: 'no need' });
    await turnsFor();
    expect(made.port.submitted).to.deep.equal([]);
    expect(made.port.events.map(({ type }) => type)).to.deep.equal([
      'plan_started',
      'progress',
      'progress',
      'plan_finished',
    ]);
    expect(made.port.result?.results[0]?.error?.message).to.equal('The plan was cancelled: no need');
    expect(made.port.result?.status).to.equal('cancelled');
  });

  it('starts nothing more from the moment it is cancelled, not even what was about to start', async () => {
    const made = make();
    const submit = made.port.submit.bind(made.port);
    made.port.submit = (request) => {
      running.stop({ type: 'cancelled', reason: 'at once' });
      return submit(request);
    };
    const running = start(made, parallel, numbered(3));
    await turnsFor();
    expect([...made.port.cancelled.keys()]).to.deep.equal(['0']);
    made.port.ended('0', 'cancelled');
    await turnsFor();
    expect(made.port.submitted).to.have.lengthOf(1);
    expect(outcomesOf(made)?.slice(1)).to.deep.equal(new Array(2).fill(['cancelled', 'PLAN_STOPPED']));
  });

  it('hears of the end of an execution once', async () => {
    const made = make();
    start(made, parallel, numbered(2));
    await turnsFor();
    made.port.ended('0');
    made.port.ended('0', 'failed');
    await turnsFor();
    made.port.ended('1');
    await turnsFor();
    expect(made.port.result?.stats).to.deep.include({ total: 2, completed: 2 });
    expect(made.port.events.filter(({ type }) => type === 'progress')).to.have.lengthOf(2);
  });

  it('fails a command that the port cannot run, and goes on as the strategy says', async () => {
    const made = make();
    made.port.refusal = (id) =>
      id === '0' &&
      new ValidationError([{ path: 'workingDir', expected: 'a directory that exists', received: 'nothing' }]);
    start(made, { type: 'serial', stopOnError: false }, numbered(2));
    await turnsFor();
    made.port.ended('1');
    await turnsFor();
    expect(outcomesOf(made)).to.deep.equal([
      ['failed', 'SPAWN_FAILED'],
      ['completed', null],
    ]);
    expect(made.port.result?.results[0]?.error?.message).to.contain('workingDir: expected a directory that exists');
  });

  it('never hangs on an engine that has become unhealthy, or has been stopped', async () => {
    const sick = make();
    sick.port.refusal = () => new EngineUnhealthyError('threads fail');
    start(sick, parallel, numbered(2));
    const stopped = make();
    stopped.port.refusal = () => new EngineStoppedError();
    start(stopped, parallel, numbered(2));
    await turnsFor();
    expect(outcomesOf(sick)).to.deep.equal(new Array(2).fill(['failed', 'ENGINE_UNHEALTHY']));
    expect(sick.port.result?.status).to.equal('failed');
    expect(outcomesOf(stopped)).to.deep.equal(new Array(2).fill(['cancelled', 'PLAN_STOPPED']));
    expect(stopped.port.result?.status).to.equal('cancelled');
  });

  it('keeps two plans apart', async () => {
    const made = make();
    const other = new FakePlanPort(made.transitions$);
    start(made, serial, numbered(1));
    other.start(made.actor, workOf(serial, [{ ...(numbered(1)[0] as PlanCommand), name: 'other' }]));
    await turnsFor();
    other.ended('other', 'failed');
    made.port.ended('0');
    await turnsFor();
    expect([made.port.result?.status, other.result?.status]).to.deep.equal(['completed', 'failed']);
  });

  it('starts thousands in turns, so that others get theirs', async () => {
    const made = make();
    const submit = made.port.submit.bind(made.port);
    made.port.submit = (request) => {
      const until = performance.now() + 1;
      while (performance.now() < until);
      return submit(request);
    };
    start(made, parallel, numbered(20));
    await nextTurn();
    expect(made.port.submitted.length).to.be.below(20);
    await eventually('all are submitted', () => made.port.submitted.length === 20);
  });
});
