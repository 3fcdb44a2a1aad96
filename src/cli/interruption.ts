import { EXIT_CODE } from './exit-code.js';

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** Why a run ends before its work does. */
export type InterruptionCause = { type: 'signal'; signal: InterruptSignal } | { type: 'output_lost'; error: Error };

/**
 * The first signal, or an output that nobody reads any more, asks everything to end; a second signal ends the process at once, and the engine's
 * exit hook then kills what still runs. The first cause stays.
 */
export class Interruption {
  readonly #controller = new AbortController();
  #cause: InterruptionCause | null = null;

  constructor(private readonly exit: (code: number) => void = (code) => process.exit(code)) {}

  get cause(): InterruptionCause | null {
    return this.#cause;
  }

  get begun(): boolean {
    return this.#cause !== null;
  }

  /** From the first cause on; at once where there is one already. */
  onBegin(listener: () => void): void {
    if (this.begun) listener();
    else this.#controller.signal.addEventListener('abort', listener, { once: true });
  }

  /** Starts to handle signals; until the process ends, for it must not die of the first one. */
  listen(): this {
    process.on('SIGINT', () => this.signalled('SIGINT'));
    process.on('SIGTERM', () => this.signalled('SIGTERM'));
    return this;
  }

  signalled(signal: InterruptSignal): void {
    if (this.begun) this.exit(EXIT_CODE[signal]);
    else this.#begin({ type: 'signal', signal });
  }

  outputLost(error: Error): void {
    if (!this.begun) this.#begin({ type: 'output_lost', error });
  }

  /** `completed` or not, an interrupted run says so. */
  exitCode(completed: boolean): number {
    if (this.#cause?.type === 'signal') return EXIT_CODE[this.#cause.signal];
    return completed && !this.begun ? EXIT_CODE.completed : EXIT_CODE.failed;
  }

  #begin(cause: InterruptionCause): void {
    this.#cause = cause;
    this.#controller.abort();
  }
}
