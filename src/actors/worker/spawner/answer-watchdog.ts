/** Whoever has not answered a request by then hangs. */
const DEADLINE_MS = 10_000;
const LAST_CHANCE_MS = 500;

/**
 * Watches over requests whose answers come in order, so one timer since the last answer is enough. It comes late where the app itself was
 * suspended, and then before the answers that have waited meanwhile: they get a last chance to be read.
 */
export class AnswerWatchdog {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly onHanging: (waitedMs: number) => void) {}

  /** A request is under way. */
  watch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = setTimeout(() => this.onHanging(DEADLINE_MS), LAST_CHANCE_MS);
    }, DEADLINE_MS);
  }

  /** An answer came; `more` are awaited still. */
  answered(more: boolean): void {
    this.stop();
    if (more) this.watch();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
