import { noFailures, onWorkerFailure, type RestartHistory } from '../../kernel/restart-policy.js';
import type { ProcessSlotWriter } from '../../process/process-slots.js';
import { killSession, killTrees, sendSignal } from '../../process/process-tree.js';
import type { LauncherReply } from '../../protocol/launcher-wire.js';
import { signalName } from '../../protocol/signals.js';
import { AnswerWatchdog } from './answer-watchdog.js';
import { openPipes } from './child-pipes.js';
import { explainErrno, explainSpawnError } from './explain.js';
import { LauncherClient, type LauncherListener } from './launcher-client.js';
import { LauncherProcess } from './launcher-process.js';
import { NO_SLOT, type ProcessExit, type SpawnAnswer, type Spawner, type SpawnSpec } from './spawner.js';

interface Pending {
  spec: SpawnSpec;
  answer(answer: SpawnAnswer): void;
}

export interface LauncherSpawnerListener {
  onNotice(level: 'debug' | 'warn' | 'error', message: string): void;
}

/** A process from the moment it is told of: its end may be told before its pipes are open. */
class Birth {
  #child: LauncherProcess | null = null;
  #exit: ProcessExit | null = null;

  attach(child: LauncherProcess): void {
    this.#child = child;
    if (this.#exit) child.ended(this.#exit);
  }

  ended(exit: ProcessExit): void {
    this.#exit ??= exit;
    this.#child?.ended(exit);
  }
}

/**
 * It ran, but nobody could have heard it: it has been killed. Where the descriptors of the launcher are not there, the launcher is not
 * either, though its end may not have been told yet.
 */
function refusalAfterStart(error: unknown, spec: SpawnSpec): SpawnAnswer {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ESRCH') {
    const message = `The launcher process was lost while it started ${spec.program}`;
    return { type: 'refused', message, transient: false, lost: true };
  }
  return { type: 'refused', message: explainSpawnError(error, spec).message, transient: false };
}

/** Starts processes through a launcher, and sees to it that there is one. */
export class LauncherSpawner implements Spawner {
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, Birth>();
  #client: LauncherClient | null = null;
  #starting: Promise<void> | null = null;
  #history: RestartHistory = noFailures;
  #gaveUp: { reason: string; until: number } | null = null;
  #opened: number[] = [];
  #lastId = 0;
  readonly #watchdog = new AnswerWatchdog((waitedMs) => {
    this.listener.onNotice('error', `the launcher did not answer within ${waitedMs} ms and is killed`);
    this.#client?.kill();
  });
  #stopped = false;
  readonly #stopping = new AbortController();

  private constructor(
    private readonly slots: ProcessSlotWriter,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly listener: LauncherSpawnerListener,
  ) {}

  /** Rejects when a launcher cannot do its work here. */
  static async create(
    slots: ProcessSlotWriter,
    environment: Readonly<Record<string, string>>,
    listener: LauncherSpawnerListener,
  ): Promise<LauncherSpawner> {
    const spawner = new LauncherSpawner(slots, environment, listener);
    await spawner.#start();
    return spawner;
  }

  /** Why it is left alone for a while; `null` when it is not. */
  get gaveUp(): string | null {
    return this.#gaveUp !== null && performance.now() < this.#gaveUp.until ? this.#gaveUp.reason : null;
  }

  async spawn(spec: SpawnSpec): Promise<SpawnAnswer> {
    if (this.#gaveUp && this.gaveUp === null) {
      this.#gaveUp = null;
      this.#replace(null);
    }
    while (this.#starting) await this.#starting;
    if (this.slots.closing || this.#stopped) {
      return { type: 'refused', message: 'the engine is closing', transient: false };
    }
    if (this.slots.free <= this.#pending.size) return { type: 'refused', ...NO_SLOT };
    const client = this.#client;
    if (!client) {
      const message = this.#gaveUp?.reason ?? 'The launcher process is gone';
      return { type: 'refused', message, transient: false, lost: true, unasked: true };
    }
    return new Promise((answer) => {
      const id = ++this.#lastId;
      this.#pending.set(id, { spec, answer });
      client.send({ type: 'spawn', id, ...spec });
      this.#watchdog.watch();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopping.abort();
    this.#watchdog.stop();
    await this.#starting;
    await this.#client?.stop();
    this.#client = null;
  }

  async #start(): Promise<void> {
    const listener: LauncherListener = {
      onReply: (reply) => this.#onReply(reply),
      onNotice: (message) => this.listener.onNotice('warn', message),
      onLost: (reason) => this.#onLost(reason),
    };
    this.#client = await LauncherClient.start(this.environment, listener, this.#stopping.signal);
  }

  #onReply(reply: LauncherReply): void {
    switch (reply.type) {
      case 'spawned':
        void this.#onSpawned(reply);
        return;
      case 'refused': {
        const pending = this.#settle(reply.id);
        return pending?.answer({ type: 'refused', ...explainErrno(reply.code, pending.spec) });
      }
      case 'exited': {
        const { exitCode, resourceUsage } = reply;
        const signal = signalName(reply.signal);
        const child = this.#running.get(reply.pid);
        this.#running.delete(reply.pid);
        return child?.ended({ exitCode: signal ? null : exitCode, signal, resourceUsage, lost: null });
      }
    }
  }

  async #onSpawned({ id, pid, ...descriptors }: Extract<LauncherReply, { type: 'spawned' }>): Promise<void> {
    const pending = this.#settle(id);
    const client = this.#client;
    if (!pending || !client) return;
    this.#history = noFailures; // a launcher that works is not one that keeps failing
    const slot = this.slots.recordSpawn(() => pid);
    const born = new Birth();
    this.#running.set(pid, born);
    try {
      if (slot === null) throw new Error('the engine is closing');
      const pipes = await openPipes(client.pid, descriptors, () => this.#stopped);
      const child = new LauncherProcess(pid, pipes, () => this.slots.release(slot));
      born.attach(child);
      pending.answer({ type: 'spawned', process: child });
    } catch (error) {
      sendSignal(-pid, 'SIGKILL');
      if (slot !== null) this.slots.release(slot);
      pending.answer(refusalAfterStart(error, pending.spec));
    }
    if (this.#opened.push(id) === 1) setImmediate(() => this.#acknowledge());
  }

  /** The launcher may close its ends of these pipes now. */
  #acknowledge(): void {
    const ids = this.#opened;
    this.#opened = [];
    this.#client?.send({ type: 'opened', ids });
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#watchdog.answered(this.#pending.size > 0);
    return pending;
  }

  /** Kills everything the launcher had started, tells whoever waits, and starts another. */
  #onLost(reason: string): void {
    const pid = this.#client?.pid;
    this.#client = null;
    this.#watchdog.stop();
    const running = [...this.#running.entries()];
    const pending = [...this.#pending.values()];
    this.#running.clear();
    this.#pending.clear();
    killTrees(running.map(([group]) => group));
    if (pid !== undefined) killSession(pid);
    const lost = `The launcher process was lost: ${reason}`;
    this.listener.onNotice('error', `launcher lost (${reason}) with ${running.length} processes`);
    this.#replace(reason);
    for (const [, child] of running) child.ended({ exitCode: null, signal: null, resourceUsage: null, lost });
    for (const { answer } of pending) answer({ type: 'refused', message: lost, transient: false, lost: true });
  }

  /** Spawns wait for `#starting`; it is cleared in a later turn of the microtask queue, so never before it is set. */
  #replace(failure: string | null): void {
    this.#starting = this.#restart(failure).finally(() => {
      this.#starting = null;
    });
  }

  /** Starts launchers until one comes up, with a pause after each failure; `null`: the first one may start at once. */
  async #restart(failure: string | null): Promise<void> {
    for (let last = failure; !this.#stopped; ) {
      if (last !== null) {
        const delayMs = this.#delayAfter(last);
        if (delayMs === null) return;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        if (this.#stopped) return;
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
    this.listener.onNotice('error', reason);
    return null;
  }
}
