import { filter, type Observable, type Subscription } from 'rxjs';
import type { Clock, TimerHandle } from '../kernel/clock.js';
import { runGuarded } from '../kernel/run-guarded.js';
import type { EngineConfig, Logger } from '../protocol/config.js';
import { isTerminalEvent, type Transition } from '../protocol/event.js';
import { sweepLogs } from './log-sweep.js';
import { isCrowded } from './retention.js';

/** What the actor may ask of whoever owns the registry. */
export interface CleanupPort {
  /** Runs a retention pass. Returns how many records it removed. */
  forgetExpired(): number;
  finishedCount(): number;
  isLive(executionId: string): boolean;
}

/** Runs the retention pass on a timer and when finished executions crowd the memory, and sweeps old logs. */
export class CleanupActor {
  readonly #logger: Logger;
  #subscription: Subscription | null = null;
  #timer: TimerHandle | undefined;
  #sweeping: Promise<void> | null = null;
  #relieving = false;
  #stopped = false;

  constructor(
    private readonly config: EngineConfig,
    private readonly clock: Clock,
    private readonly port: CleanupPort,
    transitions$: Observable<Transition>,
  ) {
    this.#logger = config.logger;
    if (!config.enableAutoCleanup) return;
    this.#schedule();
    this.#subscription = transitions$
      .pipe(filter(({ event }) => isTerminalEvent(event) && isCrowded(port.finishedCount(), config)))
      .subscribe(() => this.#relieve());
  }

  /** Resolves when a sweep that is under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#subscription?.unsubscribe();
    this.clock.clearTimeout(this.#timer);
    await this.#sweeping;
  }

  /** Not at once: whoever is yet to be told of this end must find the execution in the registry. */
  #relieve(): void {
    if (this.#relieving) return;
    this.#relieving = true;
    queueMicrotask(() => {
      this.#relieving = false;
      this.port.forgetExpired();
    });
  }

  #schedule(): void {
    if (this.#stopped) return;
    const timer = this.clock.setTimeout(() => this.#pass(), this.config.cleanupIntervalMs);
    (timer as { unref?(): void }).unref?.(); // an idle engine does not keep the app alive
    this.#timer = timer;
  }

  #pass(): void {
    const records = this.port.forgetExpired();
    if (records > 0) this.#log('debug', { records }, 'forgot finished executions');
    this.#sweeping = this.#sweep().finally(() => {
      this.#sweeping = null;
      this.#schedule();
    });
  }

  async #sweep(): Promise<void> {
    const { logDir, logRetentionSecs, logOutput, oversizedOutputStrategy } = this.config;
    if (!logOutput && oversizedOutputStrategy !== 'stream_to_file') return;
    try {
      const oldest = this.clock.now() - logRetentionSecs * 1_000;
      const files = await sweepLogs(logDir, oldest, (id) => this.port.isLive(id));
      if (files > 0) this.#log('debug', { files }, 'removed old logs');
    } catch (error) {
      this.#log('warn', { err: error, logDir }, 'the log directory could not be swept');
    }
  }

  /** One that throws must not end the passes. */
  #log(level: 'debug' | 'warn', details: object, message: string): void {
    runGuarded(() => this.#logger[level](details, message));
  }
}
