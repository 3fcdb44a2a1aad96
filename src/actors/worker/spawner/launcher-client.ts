import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { type Duplex, PassThrough } from 'node:stream';
import { JsonLines } from '../../kernel/json-lines.js';
import { startedIn } from '../../process/own-directory.js';
import { isLauncherReply, type LauncherReply, type LauncherRequest } from '../../protocol/launcher-wire.js';
import type { Surroundings } from './spawner.js';

const ENTRY = createRequire(import.meta.url).resolve('#launcher');
/** From start to "ready". A lean Node starts in 50 ms; a loaded machine may take its time. */
const START_DEADLINE_MS = 10_000;
/** From the closed channel to the exit. The launcher itself gives up killing after 0.9 s. */
const STOP_DEADLINE_MS = 2_000;
const CHANNEL_FD = 3;
/**
 * What the launcher itself needs to start. Not the rest of the app's environment: it may hold secrets, and Node's own variables would make
 * the launcher listen, report or load something. Children get theirs with each request.
 */
const NEEDED_VARIABLES = ['PATH', 'LD_LIBRARY_PATH'];

export interface LauncherListener {
  onReply(reply: LauncherReply): void;
  onNotice(message: string): void;
  /** The launcher is gone. Comes after every reply it sent; told once. */
  onLost(reason: string): void;
}

/** One launcher process and the channel to it: a socket pair inherited at its start, without a name anywhere. */
export class LauncherClient {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #lines: JsonLines;
  readonly #exited: Promise<void>;
  #ready: ((failure: string | null) => void) | null = null;
  #exit: string | null = null;
  #lost = false;
  #closed = false;

  private constructor(
    { environment, directory }: Surroundings,
    private readonly listener: LauncherListener,
  ) {
    const needed = Object.entries(environment).filter(([name]) => NEEDED_VARIABLES.includes(name));
    const env = { ...Object.fromEntries(needed), ELECTRON_RUN_AS_NODE: '1' };
    this.#child = spawn(process.execPath, ['--max-semi-space-size=1', ENTRY], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true, // a session of its own: a terminal's Ctrl-C is not for it
      env,
      cwd: startedIn(directory),
    });
    this.pid = this.#child.pid ?? -1;
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#ended(error.message, resolve));
      this.#child.once('exit', (code, signal) =>
        this.#ended(signal ? `killed by ${signal}` : `exit code ${code}`, resolve),
      );
    });
    // Out of descriptors, Node makes a child without streams and tells why later.
    this.#channel = (this.#child.stdio?.[CHANNEL_FD] as Duplex | undefined) ?? new PassThrough().destroy();
    this.#lines = new JsonLines(this.#channel, {
      onMessage: (message) => this.#receive(message),
      onGarbage: (reason) => listener.onNotice(`the launcher sent ${reason}; it was refused`),
    });
    this.#channel.on('error', () => {}); // 'close' follows
    this.#channel.on('close', () => this.#gone());
  }

  /** Rejects when the launcher cannot do its work here, or `signal` says that nobody waits for it; it is reaped then. */
  static async start(
    surroundings: Surroundings,
    listener: LauncherListener,
    signal: AbortSignal,
  ): Promise<LauncherClient> {
    const client = new LauncherClient(surroundings, listener);
    const failure = await client.#whenReady(signal);
    if (failure !== null) {
      client.#closed = true; // told here and nowhere else
      client.kill();
      await client.#exited; // the thread may end next, and nobody else would reap it
      throw new Error(failure);
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

  async #whenReady(signal: AbortSignal): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => this.#ready?.('it is not wanted any more');
    const failure = await new Promise<string | null>((resolve) => {
      this.#ready = resolve;
      signal.addEventListener('abort', onAbort);
      timer = setTimeout(() => resolve(`no answer within ${START_DEADLINE_MS} ms`), START_DEADLINE_MS);
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
        return this.#ready?.(message.reason);
      case 'notice':
        return this.listener.onNotice(`launcher: ${message.message}`);
      default:
        return this.listener.onReply(message);
    }
  }

  #ended(how: string, reaped: () => void): void {
    this.#exit ??= how;
    reaped();
    this.#gone();
  }

  /** Gone when it is reaped and everything it said has been read. */
  #gone(): void {
    if (this.#lost || this.#exit === null || !(this.#channel.destroyed || this.#channel.readableEnded)) return;
    this.#lost = true;
    if (this.#ready) this.#ready(this.#exit);
    else if (!this.#closed) this.listener.onLost(this.#exit);
  }
}
