import { expect } from 'chai';
import { adaptPlan } from '#lib/cli/run/adapt-plan.js';
import { planOf } from '../../../support/run-reports.js';

const newId = () => 'new id';

describe('adaptPlan', () => {
  it('gives each command an id, unless it has one', () => {
    const plan = planOf({ type: 'serial' }, 'a', 'b');
    const [first = { command: { type: 'exec', program: '' } }] = plan.commands;
    first.id = 'own id';
    expect(adaptPlan(plan, {}, newId).commands.map(({ id }) => id)).to.deep.equal(['own id', 'new id']);
  });

  it('changes nothing else unless asked to', () => {
    const plan = { ...planOf({ type: 'serial' }), timeoutMs: 5 };
    expect(adaptPlan(plan, {}, newId)).to.deep.equal(plan);
  });

  it('goes on after failures when told to keep going, and keeps the limit', () => {
    const strategies = [
      planOf({ type: 'serial' }),
      planOf({ type: 'parallel', stopOnError: true, maxConcurrency: 3 }),
      planOf({ type: 'dependency_graph', dependencies: {}, onFailure: 'stop', maxConcurrency: 3 }),
    ].map((plan) => adaptPlan(plan, { keepGoing: true }, newId).strategy);
    expect(strategies).to.deep.equal([
      { type: 'serial', stopOnError: false },
      { type: 'parallel', stopOnError: false, maxConcurrency: 3 },
      { type: 'dependency_graph', dependencies: {}, onFailure: 'skip_dependents', maxConcurrency: 3 },
    ]);
  });

  it('puts the limit of the command line over that of the plan, higher or lower', () => {
    for (const maxConcurrency of [2, 9]) {
      const strategies = [
        planOf({ type: 'serial' }),
        planOf({ type: 'parallel', maxConcurrency }),
        planOf({ type: 'dependency_graph', dependencies: {}, maxConcurrency }),
      ].map((plan) => adaptPlan(plan, { jobs: 5 }, newId).strategy);
      expect(strategies).to.deep.equal([
        { type: 'serial' },
        { type: 'parallel', maxConcurrency: 5 },
        { type: 'dependency_graph', dependencies: {}, maxConcurrency: 5 },
      ]);
    }
  });

  it('puts the time-out of the command line over that of the plan', () => {
    expect(adaptPlan({ ...planOf({ type: 'serial' }), timeoutMs: 5 }, { timeout: 7 }, newId).timeoutMs).to.equal(7);
  });
});
