import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { exec, type PlanExecution } from 'execrx';
import { eventually } from '../support/eventually.js';
import { FAULTS, FAULTY_WORKER } from '../support/fault/faulty-worker.js';
import { withEngine } from '../support/fault/rig.js';
import { collectUnhandled } from '../support/fault/unhandled.js';
import { raceSeed, seededRandom } from '../support/random.js';

const naps = (size: number, seconds = '0.02') =>
  Array.from({ length: size }, () => ({ command: exec('sleep', seconds) }));
const outcomesOf = async (plan: PlanExecution) =>
  (await plan.result).results.map(({ status, error }) => error?.code ?? status);

describe('a plan', () => {
  it('goes on past a worker thread that is lost: what ran on it failed, what depends on that is skipped', async () => {
    await withEngine(
      {},
      async ({ engine }) => {
        const plan = engine.executePlan({
          strategy: { type: 'dependency_graph', dependencies: { 2: [0], 3: [1], 4: [3] }, maxConcurrency: 1 },
          commands: [{ command: exec(FAULTS.throw) }, ...naps(4)],
        });
        expect(await outcomesOf(plan)).to.deep.equal([
          'WORKER_LOST',
          'completed',
          'DEPENDENCY_FAILED',
          'completed',
          'completed',
        ]);
      },
      { workerEntry: FAULTY_WORKER },
    );
  });

  it('ends although worker threads are lost again and again, until none are started', async () => {
    await withEngine(
      {},
      async ({ engine }) => {
        const commands = Array.from({ length: 12 }, () => ({ command: exec(FAULTS.exit) }));
        const plan = engine.executePlan({ strategy: { type: 'serial', stopOnError: false }, commands });
        const outcomes = await outcomesOf(plan);
        expect(new Set(outcomes)).to.deep.equal(new Set(['WORKER_LOST', 'ENGINE_UNHEALTHY']));
        await engine.stop();
      },
      { workerEntry: FAULTY_WORKER },
    );
  });

  it('is not disturbed by subscribers that throw, at any of its events', async () => {
    await collectUnhandled(async (errors) => {
      await withEngine({}, async ({ engine }) => {
        const plan = engine.executePlan({ strategy: { type: 'parallel' }, commands: naps(3) });
        const bug = () => {
          throw new Error('a bug in the app');
        };
        plan.events$.subscribe(bug);
        plan.progress$.subscribe(bug);
        engine.events$.subscribe(bug);
        expect((await plan.result).status).to.equal('completed');
      });
      await eventually('the errors surface', () => errors.length >= 3);
    });
  });

  it('may be cancelled, and others submitted, from inside any of its events', async () => {
    for (const type of ['plan_started', 'queued', 'started', 'progress', 'completed', 'plan_finished'] as const) {
      await withEngine({ maxConcurrentExecutions: 2 }, async ({ engine }) => {
        const others: PlanExecution[] = [];
        const plan = engine.executePlan({ strategy: { type: 'parallel' }, commands: naps(4) });
        const order: string[] = [];
        engine.events$.subscribe((event) => {
          order.push(`enter ${event.type}`);
          if (event.type === type && others.length === 0) {
            plan.cancel(`inside ${type}`);
            others.push(engine.executePlan({ strategy: { type: 'serial' }, commands: naps(1) }));
          }
          order.push(`leave ${event.type}`);
        });
        const { status, results } = await plan.result;
        expect(results).to.have.lengthOf(4);
        expect(status).to.equal(type === 'plan_finished' ? 'completed' : 'cancelled');
        expect((await others[0]?.result)?.status).to.equal('completed');
        for (let at = 0; at < order.length; at += 2)
          expect(order[at + 1]).to.equal(order[at]?.replace('enter', 'leave'));
      });
    }
  });

  it('leaves nothing behind when the engine stops at any moment of it', async () => {
    const random = seededRandom(raceSeed());
    for (let round = 0; round < 6; round++) {
      await withEngine({ maxConcurrentExecutions: 3 }, async ({ engine }) => {
        const dependencies = { 4: [0], 5: [1, 4], 6: [5], 7: [2, 3] };
        const plans = [1, 2].map(() =>
          engine.executePlan({ strategy: { type: 'dependency_graph', dependencies }, commands: naps(8, '0.03') }),
        );
        const finished: string[] = [];
        engine.events$.subscribe((event) => event.type === 'plan_finished' && finished.push(event.planId));
        await pause(random() * 300);
        await engine.stop({ drainMs: Math.floor(random() * 150) });
        expect(finished).to.have.members(plans.map(({ id }) => id));
        for (const plan of plans) {
          const { status, results } = await plan.result;
          expect(status).to.be.oneOf(['completed', 'cancelled']);
          expect(results.filter(Boolean)).to.have.lengthOf(8);
        }
      });
    }
  });

  it('of which single commands are cancelled at random keeps one result for each', async () => {
    const random = seededRandom(raceSeed());
    await withEngine({ maxConcurrentExecutions: 4 }, async ({ engine }) => {
      const chance = engine.events$.subscribe((event) => {
        if ((event.type === 'started' || event.type === 'queued') && random() < 0.3) engine.cancel(event.executionId);
      });
      const plan = engine.executePlan({ strategy: { type: 'parallel' }, commands: naps(30) });
      const outcomes = await outcomesOf(plan);
      chance.unsubscribe(); // the command that is run at the end must be left alone
      expect(outcomes).to.have.lengthOf(30);
      for (const outcome of outcomes) expect(outcome).to.be.oneOf(['completed', 'CANCELLED']);
    });
  });
});
