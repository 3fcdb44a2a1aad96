import { expect } from 'chai';
import { Subject } from 'rxjs';
import { PlanActor } from '#dist/actors/plan/plan-actor.js';
import type { Transition } from '#dist/actors/protocol/event.js';
import { nextTurn } from '../../../support/eventually.js';
import { FakePlanPort, numbered, workOf } from '../../../support/fake-plan-port.js';
import { fc } from '../../../support/fast-check.js';
import { acyclicGraphs, dependenciesOf } from '../../../support/plan-graphs.js';
import { RecordingLogger } from '../../../support/recording-logger.js';
import { SimulatedClock } from '../../../support/simulated-clock.js';

describe('PlanActor, over random graphs,', () => {
  it('at any moment keeps one result per command, progress that never falls, and nothing running after a stop', async () => {
    const stops = fc.option(fc.nat(40), { nil: undefined });
    const cases = fc.tuple(acyclicGraphs(15), stops, fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }));
    const onFailure = fc.constantFrom('stop' as const, 'skip_dependents' as const);
    await fc.assert(
      fc.asyncProperty(
        cases,
        onFailure,
        fc.integer({ min: 1, max: 4 }),
        async ([graph, stopAt, picks], policy, maxConcurrency) => {
          const transitions$ = new Subject<Transition>();
          const logger = new RecordingLogger();
          const actor = new PlanActor(new SimulatedClock(), logger, transitions$);
          const port = new FakePlanPort(transitions$);
          const dependencies = dependenciesOf(graph);
          const strategy = { type: 'dependency_graph', dependencies, maxConcurrency, onFailure: policy } as const;
          const running = port.start(actor, workOf(strategy, numbered(graph.size)));
          for (let moment = 0; port.result === null; moment++) {
            if (moment === stopAt) running.stop({ type: 'cancelled', reason: 'now' });
            const pick = picks[moment % picks.length] as number;
            // Sometimes the end comes before the actor has had its turn, sometimes after.
            if (pick % 3 > 0) await nextTurn();
            const ids = [...port.running];
            expect(ids.length).to.be.at.most(maxConcurrency);
            const id = ids[pick % ids.length];
            if (id === undefined) await nextTurn();
            else port.ended(id, port.cancelled.has(id) ? 'cancelled' : pick % 7 === 0 ? 'failed' : 'completed');
          }
          expect([...port.running]).to.deep.equal([]);
          expect(port.result.results.map(({ id }) => id)).to.deep.equal(
            numbered(graph.size).map((_, index) => String(index)),
          );
          const counts = port.events.flatMap((event) => (event.type === 'progress' ? [event.completed] : []));
          expect(counts).to.deep.equal(counts.toSorted((a, b) => a - b));
          expect(counts.at(-1)).to.equal(graph.size);
          expect(port.overs).to.equal(1);
          expect(logger.entries).to.deep.equal([]);
        },
      ),
    );
  });
});
