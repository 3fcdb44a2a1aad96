import { expect } from 'chai';
import { chain, graphOf, graphWithoutEdges } from '#dist/actors/plan/graph.js';
import { initialState, type OnFailure, schedule } from '#dist/actors/plan/scheduler.js';
import type { SchedulerCommand, StopCause } from '#dist/actors/plan/scheduler-messages.js';
import { graphFrom, type RandomGraph } from '../../../support/plan-graphs.js';

describe('the scheduler of plans', () => {
  const of = (graph: RandomGraph, onFailure: OnFailure = 'skip_dependents') =>
    initialState({ graph: graphFrom(graph), limit: 9, onFailure, priorityOf: () => 0 });
  const brief = (commands: SchedulerCommand[]) =>
    commands.map((command) => (command.type === 'finish' ? command.status : `${command.type} ${command.index}`));

  it('starts a node the moment its last dependency ends, without waiting for others of the same level', () => {
    // Levels would hold 3 back until the slow 5 and then 2 have ended.
    let { state, commands } = schedule(
      of({
        size: 6,
        edges: [
          [1, 0],
          [2, 5],
          [3, 1],
          [4, 2],
        ],
      }),
      { type: 'begin' },
    );
    expect(brief(commands)).to.deep.equal(['start 0', 'start 5']);
    ({ state, commands } = schedule(state, { type: 'ended', index: 0, ok: true }));
    expect(brief(commands)).to.deep.equal(['start 1']);
    ({ state, commands } = schedule(state, { type: 'ended', index: 1, ok: true }));
    expect(brief(commands)).to.deep.equal(['start 3']);
  });

  it('says of what is skipped which node failed, however far away', () => {
    const { state } = schedule(
      of({
        size: 3,
        edges: [
          [1, 0],
          [2, 1],
        ],
      }),
      { type: 'begin' },
    );
    const { commands } = schedule(state, { type: 'ended', index: 0, ok: false });
    const because = { type: 'dependency', index: 0 };
    expect(commands).to.deep.equal([
      { type: 'skip', index: 1, because },
      { type: 'skip', index: 2, because },
      { type: 'finish', status: 'failed' },
    ]);
  });

  it('starts those of higher priority first when there is not room for all, and equal ones in order', () => {
    const priorities = [0, 1, 1, 2];
    let { state, commands } = schedule(
      initialState({
        graph: graphWithoutEdges(4),
        limit: 1,
        onFailure: 'go_on',
        priorityOf: (index) => priorities[index] as number,
      }),
      { type: 'begin' },
    );
    const order: string[] = [];
    for (const index of [3, 1, 2, 0]) {
      order.push(...brief(commands));
      ({ state, commands } = schedule(state, { type: 'ended', index, ok: true }));
    }
    expect([...order, ...brief(commands)]).to.deep.equal(['start 3', 'start 1', 'start 2', 'start 0', 'completed']);
  });

  it('runs a chain whose order alone matters to its end, whatever fails', () => {
    let { state, commands } = schedule(
      initialState({ graph: chain(3), limit: 1, onFailure: 'go_on', priorityOf: () => 0 }),
      { type: 'begin' },
    );
    const order = brief(commands);
    for (const index of [0, 1, 2]) {
      ({ state, commands } = schedule(state, { type: 'ended', index, ok: index === 2 }));
      order.push(...brief(commands));
    }
    expect(order).to.deep.equal(['start 0', 'start 1', 'start 2', 'failed']);
  });

  it('is completed when everything completed before a cancel could do anything, and then hears no more', () => {
    const { state } = schedule(of({ size: 1, edges: [] }), { type: 'begin' });
    const cause: StopCause = { type: 'cancelled', reason: 'late' };
    const stopped = schedule(state, { type: 'stop', cause });
    expect(stopped.commands).to.deep.equal([{ type: 'cancel', index: 0, cause }]);
    const ended = schedule(stopped.state, { type: 'ended', index: 0, ok: true });
    expect(brief(ended.commands)).to.deep.equal(['completed']);
    expect(schedule(ended.state, { type: 'stop', cause }).commands).to.deep.equal([]);
  });

  it('ignores the end of what does not run, and refuses a state that has been used up', () => {
    const first = of({ size: 2, edges: [[1, 0]] });
    const { state } = schedule(first, { type: 'begin' });
    const { commands } = schedule(state, { type: 'ended', index: 1, ok: true });
    expect(commands).to.deep.equal([]);
    expect(() => schedule(first, { type: 'begin' })).to.throw('used up');
  });

  it('takes a chain of 100,000 nodes, and skips all of it, without recursion', () => {
    const size = 100_000;
    const setup = { graph: chain(size), limit: 1, onFailure: 'skip_dependents', priorityOf: () => 0 } as const;
    const { state } = schedule(initialState(setup), { type: 'begin' });
    expect(schedule(state, { type: 'ended', index: 0, ok: false }).commands).to.have.lengthOf(size);
  });

  it('treats a dependency named twice as one', () => {
    const graph = graphOf(2, { from: [1, 1], to: [0, 0] });
    const { state } = schedule(initialState({ graph, limit: 2, onFailure: 'stop', priorityOf: () => 0 }), {
      type: 'begin',
    });
    expect(brief(schedule(state, { type: 'ended', index: 0, ok: true }).commands)).to.deep.equal(['start 1']);
  });
});
