import { noFailures, onWorkerFailure, type RestartHistory } from '../../kernel/restart-policy.js';
import type { LauncherReply } from '../../protocol/launcher-wire.js';
import type { Surroundings } from '../../protocol/wire.js';
import { LauncherClient, LauncherUnableError } from './launcher-client.js';

export interface LauncherKeeperListener {
  onReply(reply: LauncherReply): void;
  onNotice(message: string): void;
  /** The launcher that had this pid is gone, and no answer will come any more; the next one is on its way. */
  onLost(reason: string, pid: number): void;
  onGivenUp(reason: string): void;
}

/** Sees to it that there is a launcher: starts it, and starts another when it is lost, with a pause after each failure. */
export class LauncherKeeper {
  #client: LauncherClient | null = null;
  #starting: Promise<void> | null = null;
  #history: RestartHistory = noFailures;
  #gaveUp: { reason: string; until: number } | null = null;
  readonly #stopping = new AbortController();

  constructor(
    private readonly surroundings: Surroundings,
    private readonly listener: LauncherKeeperListener,
  ) {}

  /** The first one, with a second try for one that is lost before it is ready. Rejects when a launcher cannot do its work here. */
  async start(): Promise<void> {
    await this.#start().catch((error) => {
      if (error instanceof LauncherUnableError || this.stopped) throw error;
      return this.#start();
    });
  }

  async #start(): Promise<void> {
    const { onReply, onNotice } = this.listener;
    const onLost = (reason: string) => {
      const pid = this.#client?.pid ?? -1;
      this.#client = null;
      this.#replace(reason);
      this.listener.onLost(reason, pid);
    };
    const { signal } = this.#stopping;
    this.#client = await LauncherClient.start(this.surroundings, { onReply, onNotice, onLost }, signal);
  }

  get stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** The one that is up; `null` when it is gone. */
  get client(): LauncherClient | null {
    return this.#client;
  }

  /** Why none is started for a while; `null` where that is not so. */
  get gaveUp(): string | null {
    return this.#gaveUp !== null && performance.now() < this.#gaveUp.until ? this.#gaveUp.reason : null;
  }

  /** Waits for one that is on its way up, and starts one where that is due. `null`: there is none; see `gaveUp`. */
  async get(): Promise<LauncherClient | null> {
    if (this.#gaveUp && this.gaveUp === null) {
      this.#gaveUp = null;
      this.#replace(null);
    }
    while (this.#starting) await this.#starting;
    return this.#client;
  }

  /** It did what it is for: it is not one that keeps failing. */
  works(): void {
    this.#history = noFailures;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#starting;
    await this.#client?.stop();
    this.#client = null;
  }

  /** Whoever asks waits for `#starting`; it is cleared in a later turn of the microtask queue, so never before it is set. */
  #replace(failure: string | null): void {
    this.#starting = this.#restart(failure).finally(() => {
      this.#starting = null;
    });
  }

  /** Starts launchers until one comes up, with a pause after each failure; `null`: the first one may start at once. */
  async #restart(failure: string | null): Promise<void> {
    for (let last = failure; !this.stopped; ) {
      if (last !== null) {
        const delayMs = this.#delayAfter(last);
        if (delayMs === null) return;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        if (this.stopped) return;
      }
      last = await this.#start().then(
        () => null,
        (error: Error) => error.message,
      );
      if (last === null) return;
    }
  }

  /** The pause before the next start, or `null` when there will be none for a while. */
  #delayAfter(failure: string): number | null {
    const { history, decision } = onWorkerFailure(this.#history, performance.now());
    this.#history = history;
    if (decision.type === 'restart') return decision.delayMs;
    const reason = `The launcher process failed ${history.failures.length} times within a minute, last: ${failure}`;
    this.#gaveUp = { reason, until: performance.now() + decision.retryAfterMs };
    this.listener.onGivenUp(reason);
    return null;
  }
}
