import { map, type Observable, type Subscription, scan } from 'rxjs';
import { Current } from '../kernel/current.js';
import type { Transition } from '../protocol/event.js';
import type { EngineStats } from '../protocol/stats.js';
import { noStats, reduceStats, statsOf } from './stats-reducer.js';

/** Statistics over the event stream. Knows nothing of the supervisor; its mailbox is the stream, its state what `scan` carries. */
export class StatsActor {
  readonly #state = new Current(noStats);
  readonly #subscription: Subscription;

  /** The current statistics, then every change. */
  readonly stats$: Observable<EngineStats> = this.#state.value$.pipe(map(statsOf));

  constructor(transitions$: Observable<Transition>) {
    this.#subscription = transitions$.pipe(scan(reduceStats, noStats)).subscribe((state) => this.#state.set(state));
  }

  get stats(): EngineStats {
    return statsOf(this.#state.value);
  }

  stop(): void {
    this.#subscription.unsubscribe();
    this.#state.complete();
  }
}
