import { distinctUntilChanged, type Observable } from 'rxjs';
import { Current } from '../actors/kernel/current.js';
import type { DeadLetters } from '../actors/kernel/dead-letters.js';
import type { Logger } from '../actors/protocol/config.js';
import type { EngineHealth } from '../actors/protocol/health.js';
import type { ConcurrencyMetrics } from '../actors/protocol/stats.js';
import type { Publisher } from './publisher.js';

/** Tells of the engine itself: its health, its slots, its log and its dead letters. In turn with the events, because the app listens. */
export class Announcer {
  readonly #health: Current<EngineHealth>;
  readonly #concurrency: Current<ConcurrencyMetrics>;
  readonly health$: Observable<EngineHealth>;
  readonly concurrency$: Observable<ConcurrencyMetrics>;

  /** `wake` makes sure that what is queued is told soon. */
  constructor(
    private readonly publisher: Publisher,
    private readonly logger: Logger,
    private readonly deadLetters: DeadLetters,
    private readonly wake: () => void,
    health: EngineHealth,
    concurrency: ConcurrencyMetrics,
  ) {
    this.#health = new Current(health);
    this.#concurrency = new Current(concurrency);
    this.health$ = this.#health.value$.pipe(distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)));
    this.concurrency$ = this.#concurrency.value$;
  }

  health(health: EngineHealth): void {
    this.#call(() => this.#health.set(health));
  }

  /** At once: the caller is between two messages. */
  concurrency(metrics: ConcurrencyMetrics): void {
    const { currentlyRunning, currentlyPending } = this.#concurrency.value;
    if (metrics.currentlyRunning === currentlyRunning && metrics.currentlyPending === currentlyPending) return;
    this.#concurrency.set(metrics);
  }

  log(level: keyof Logger, details: object, message: string): void {
    this.#call(() => this.logger[level](details, message));
  }

  lostLog(executionId: string | undefined, reason: string): void {
    this.log('warn', { executionId, reason }, 'output could not be written to its file');
  }

  deadLetter(executionId: string | null, message: string, reason: string): void {
    this.#call(() => this.deadLetters.report({ recipient: 'supervisor', message, reason, executionId }));
  }

  complete(): void {
    this.publisher.complete();
    this.#health.complete();
    this.#concurrency.complete();
    this.deadLetters.complete();
  }

  #call(call: () => void): void {
    this.publisher.call(call);
    this.wake();
  }
}
