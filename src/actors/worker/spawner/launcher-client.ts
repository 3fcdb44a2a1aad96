import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { JsonLines } from '../../kernel/json-lines.js';
import { isLauncherReply, type LauncherReply, type LauncherRequest } from '../../protocol/launcher-wire.js';
import type { Surroundings } from '../../protocol/wire.js';
import { type StartedLauncher, takeLauncher } from './launcher-start.js';

/** From start to "ready". A lean Node starts in 50 ms; a loaded machine may take its time. */
const START_DEADLINE_MS = 10_000;
/** From the closed channel to the exit. The launcher itself gives up killing after 0.9 s. */
const STOP_DEADLINE_MS = 2_000;

export interface LauncherListener {
  onReply(reply: LauncherReply): void;
  onNotice(message: string): void;
  /** The launcher is gone. Comes after every reply it sent; told once. */
  onLost(reason: string): void;
}

/** A launcher has said itself that it cannot work here: another would say the same. */
export class LauncherUnableError extends Error {
  override readonly name = 'LauncherUnableError';
}

/** One launcher process and the channel to it. */
export class LauncherClient {
  readonly pid: number;
  /** See `StartedLauncher`. */
  readonly astray: boolean;
  readonly user: string;
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #lines: JsonLines;
  readonly #exited: Promise<void>;
  #ready: ((failure: Error | null) => void) | null = null;
  #exit: string | null = null;
  #lost = false;
  #closed = false;

  private constructor(
    { child, channel, astray, user, exited }: StartedLauncher,
    private readonly listener: LauncherListener,
  ) {
    this.pid = child.pid ?? -1;
    this.astray = astray;
    this.user = user;
    this.#child = child;
    this.#channel = channel;
    this.#exited = exited.then((how) => this.#ended(how));
    this.#lines = new JsonLines(channel, {
      onMessage: (message) => this.#receive(message),
      onGarbage: (reason) => listener.onNotice(`the launcher sent ${reason}; it was refused`),
    });
    channel.on('close', () => this.#gone());
  }

  /** Rejects when the launcher is lost, cannot do its work here (`LauncherUnableError`), or `signal` says that nobody waits for it; it is reaped then. */
  static async start(
    surroundings: Surroundings,
    listener: LauncherListener,
    signal: AbortSignal,
  ): Promise<LauncherClient> {
    const client = new LauncherClient(takeLauncher(surroundings), listener);
    const failure = await client.#whenReady(signal);
    if (failure !== null) {
      client.#closed = true; // told here and nowhere else
      client.kill();
      await client.#exited; // the thread may end next, and nobody else would reap it
      throw failure;
    }
    client.send({ type: 'environment', variables: { ...surroundings.environment } });
    return client;
  }

  send(request: LauncherRequest): void {
    this.#lines.send(request);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Closes the channel, which makes the launcher end whatever is left, and waits until it is reaped. */
  async stop(): Promise<void> {
    this.#closed = true;
    this.#lines.flush();
    this.#channel.end();
    const timer = setTimeout(() => this.kill(), STOP_DEADLINE_MS);
    await this.#exited;
    clearTimeout(timer);
    this.#channel.destroy();
  }

  async #whenReady(signal: AbortSignal): Promise<Error | null> {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => this.#ready?.(new Error('it is not wanted any more'));
    const failure = await new Promise<Error | null>((resolve) => {
      this.#ready = resolve;
      signal.addEventListener('abort', onAbort);
      timer = setTimeout(() => resolve(new Error(`no answer within ${START_DEADLINE_MS} ms`)), START_DEADLINE_MS);
    });
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    this.#ready = null;
    return failure;
  }

  #receive(message: unknown): void {
    if (!isLauncherReply(message))
      return this.listener.onNotice('the launcher sent something that is no reply; it was refused');
    switch (message.type) {
      case 'ready':
        return this.#ready?.(null);
      case 'unable':
        return this.#ready?.(new LauncherUnableError(message.reason));
      case 'notice':
        return this.listener.onNotice(`launcher: ${message.message}`);
      default:
        return this.listener.onReply(message);
    }
  }

  #ended(how: string): void {
    this.#exit = how;
    this.#gone();
  }

  /** Gone when it is reaped and everything it said has been read. */
  #gone(): void {
    if (this.#lost || this.#exit === null || !(this.#channel.destroyed || this.#channel.readableEnded)) return;
    this.#lost = true;
    if (this.#ready) this.#ready(new Error(this.#exit));
    else if (!this.#closed) this.listener.onLost(this.#exit);
  }
}
