import { expect } from 'chai';
import { Subject } from 'rxjs';
import type { Transition } from '#lib/actors/protocol/event.js';
import { StatsActor } from '#lib/actors/stats/stats-actor.js';
import { queued, started } from '../../../support/transitions.js';

describe('StatsActor', () => {
  it('tells the current statistics, then every change', () => {
    const transitions$ = new Subject<Transition>();
    const actor = new StatsActor(transitions$);
    transitions$.next(queued());
    const seen: Array<[pending: number, running: number]> = [];
    actor.stats$.subscribe(({ pending, running }) => seen.push([pending, running]));
    transitions$.next(started('pending'));
    expect(seen).to.deep.equal([
      [1, 0],
      [0, 1],
    ]);
    expect(actor.stats).to.include({ total: 1, running: 1 });
  });

  it('completes when it stops, and keeps the last statistics', () => {
    const transitions$ = new Subject<Transition>();
    const actor = new StatsActor(transitions$);
    transitions$.next(queued());
    let completed = false;
    actor.stats$.subscribe({ complete: () => (completed = true) });
    actor.stop();
    expect(completed).to.equal(true);
    expect(transitions$.observed).to.equal(false);
    expect(actor.stats.pending).to.equal(1);
  });
});
