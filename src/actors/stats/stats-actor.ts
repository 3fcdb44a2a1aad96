import { map, type Observable, ReplaySubject, type Subscription, scan } from 'rxjs';
import type { Transition } from '../protocol/event.js';
import type { EngineStats } from '../protocol/stats.js';
import { noStats, reduceStats, statsOf } from './stats-reducer.js';

/** Statistics over the event stream. Knows nothing of the supervisor; its mailbox is the stream, its state what `scan` carries. */
export class StatsActor {
  /** The last one is there for whoever comes later, after the end as well. */
  readonly #state$ = new ReplaySubject<typeof noStats>(1);
  #state = noStats;
  readonly #subscription: Subscription;

  /** The current statistics, then every change. */
  readonly stats$: Observable<EngineStats> = this.#state$.pipe(map(statsOf));

  constructor(transitions$: Observable<Transition>) {
    this.#state$.next(noStats);
    this.#subscription = transitions$.pipe(scan(reduceStats, noStats)).subscribe((state) => {
      this.#state = state;
      this.#state$.next(state);
    });
  }

  get stats(): EngineStats {
    return statsOf(this.#state);
  }

  stop(): void {
    this.#subscription.unsubscribe();
    this.#state$.complete();
  }
}
