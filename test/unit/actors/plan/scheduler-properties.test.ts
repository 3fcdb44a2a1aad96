import { expect } from 'chai';
import { initialState, type OnFailure, type PlanState, schedule } from '#dist/actors/plan/scheduler.js';
import type { SchedulerCommand, SchedulerEvent, StopCause } from '#dist/actors/plan/scheduler-messages.js';
import { fc } from '../../../support/fast-check.js';
import { acyclicGraphs, ancestorsOf, graphFrom } from '../../../support/plan-graphs.js';

const STOPS: StopCause[] = [
  { type: 'cancelled', reason: 'enough' },
  { type: 'timeout', timeoutMs: 5 },
  { type: 'engine_stopped' },
];

const scenarios = fc.record({
  graph: acyclicGraphs(30),
  limit: fc.integer({ min: 1, max: 6 }),
  onFailure: fc.constantFrom<OnFailure>('stop', 'skip_dependents', 'go_on'),
  /** Which nodes fail if they run. */
  failing: fc.array(fc.nat(29), { maxLength: 4 }),
  priorities: fc.array(fc.nat(2), { minLength: 30, maxLength: 30 }),
  /** Which of those that run ends next. */
  picks: fc.array(fc.nat(1_000), { minLength: 30, maxLength: 30 }),
  /** After how many ends the plan is stopped; beyond their number: never. */
  stopAfter: fc.nat(60),
  stop: fc.constantFrom(...STOPS),
});
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** A node, and what became of it. */
type Fate = 'completed' | 'failed' | 'dependency' | 'stopped';

/** Runs a scenario to its end and checks each step against what a plan may do. */
function play(scenario: Scenario): {
  fates: Fate[];
  status: string;
  cancelled: Set<number>;
  stoppedBy: StopCause | null;
} {
  const { graph, limit, onFailure, failing, priorities, picks, stopAfter, stop } = scenario;
  const setup = {
    graph: graphFrom(graph),
    limit,
    onFailure,
    priorityOf: (index: number) => priorities[index] as number,
  };
  let state: PlanState = initialState(setup);
  const running = new Set<number>();
  const fates: Fate[] = [];
  const cancelled = new Set<number>();
  let status: string | undefined;
  let stoppedBy: StopCause | null = null;

  const obey = (command: SchedulerCommand) => {
    expect(status, 'a command after finish').to.equal(undefined);
    switch (command.type) {
      case 'start':
        expect(fates[command.index], 'started twice').to.equal(undefined);
        expect(running.has(command.index), 'started twice').to.equal(false);
        expect(stoppedBy, 'started after the stop').to.equal(null);
        for (const [node, dependency] of graph.edges) {
          if (node === command.index)
            expect(fates[dependency]).to.be.oneOf(onFailure === 'go_on' ? ['completed', 'failed'] : ['completed']);
        }
        running.add(command.index);
        return expect(running.size).to.be.at.most(limit);
      case 'skip':
        expect(fates[command.index], 'a second fate').to.equal(undefined);
        expect(running.has(command.index)).to.equal(false);
        fates[command.index] = command.because.type;
        return;
      case 'cancel':
        expect(running.has(command.index)).to.equal(true);
        cancelled.add(command.index);
        return;
      case 'finish':
        expect(running.size).to.equal(0);
        status = command.status;
    }
  };
  const step = (event: SchedulerEvent) => {
    const { state: next, commands } = schedule(state, event);
    state = next;
    if (event.type === 'stop') stoppedBy ??= event.cause;
    if (event.type === 'ended' && !event.ok && onFailure === 'stop')
      stoppedBy ??= { type: 'failure', index: event.index };
    commands.forEach(obey);
    expectNothingLeftLying();
  };
  /** Whoever could start has started, as far as the limit goes, and by priority. */
  const expectNothingLeftLying = () => {
    if (stoppedBy !== null) return;
    const isReady = (node: number) =>
      fates[node] === undefined &&
      !running.has(node) &&
      graph.edges.every(([from, to]) => from !== node || fates[to] !== undefined);
    const ready = priorities.slice(0, graph.size).flatMap((priority, node) => (isReady(node) ? [priority] : []));
    if (ready.length > 0) expect(running.size).to.equal(limit);
  };

  step({ type: 'begin' });
  for (let ends = 0; status === undefined; ends++) {
    if (ends === stopAfter) {
      step({ type: 'stop', cause: stop });
      if (status !== undefined) break;
    }
    const index = [...running][(picks[ends] as number) % running.size] as number;
    running.delete(index);
    const ok = !failing.includes(index) && !cancelled.has(index);
    fates[index] = ok ? 'completed' : 'failed';
    step({ type: 'ended', index, ok });
  }
  return { fates, status, cancelled, stoppedBy };
}

/** What becomes of each node when nobody interferes, by definition. */
function fatesByDefinition({ graph, onFailure, failing }: Scenario): Fate[] {
  return Array.from({ length: graph.size }, (_, node) => {
    const ancestors = [...ancestorsOf(graph, node)];
    if (onFailure === 'skip_dependents' && ancestors.some((one) => failing.includes(one))) return 'dependency';
    return failing.includes(node) ? 'failed' : 'completed';
  });
}

describe('the scheduler of plans, over random graphs,', () => {
  it('runs every node once, never before its dependencies, never more than the limit, and leaves no slot free', () => {
    fc.assert(fc.property(scenarios, (scenario) => void play(scenario)));
  });

  it('gives each node the fate that its ancestors and the failure policy say', () => {
    const undisturbed = scenarios.map((scenario) => ({ ...scenario, stopAfter: 1_000 }));
    fc.assert(
      fc.property(undisturbed, (scenario) => {
        fc.pre(scenario.onFailure !== 'stop');
        const { fates, status } = play(scenario);
        const expected = fatesByDefinition(scenario);
        expect(fates).to.deep.equal(expected);
        expect(status).to.equal(expected.every((fate) => fate === 'completed') ? 'completed' : 'failed');
      }),
    );
  });

  it('after a stop, whatever its cause, starts nothing, cancels what runs and skips the rest', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const { fates, status, cancelled, stoppedBy } = play(scenario);
        expect(fates.filter((fate) => fate !== undefined)).to.have.lengthOf(scenario.graph.size);
        if (stoppedBy === null) {
          expect(fates).to.not.include('stopped');
          return;
        }
        for (const node of cancelled) expect(fates[node]).to.be.oneOf(['completed', 'failed']);
        const statuses = { failure: 'failed', cancelled: 'cancelled', timeout: 'timeout', engine_stopped: 'cancelled' };
        expect(status).to.equal(fates.every((fate) => fate === 'completed') ? 'completed' : statuses[stoppedBy.type]);
      }),
    );
  });

  it('is a function of the events it was given', () => {
    fc.assert(fc.property(scenarios, (scenario) => void expect(play(scenario)).to.deep.equal(play(scenario))));
  });
});
