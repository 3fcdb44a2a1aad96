import { ownUser } from '../../process/own-user.js';
import type { ProcessSlotWriter } from '../../process/process-slots.js';
import { killSession, killTrees, sendSignal } from '../../process/process-tree.js';
import type { LauncherReply } from '../../protocol/launcher-wire.js';
import type { Surroundings } from '../../protocol/wire.js';
import { AnswerWatchdog } from './answer-watchdog.js';
import { Birth, refusalAfterStart } from './birth.js';
import { openPipes } from './child-pipes.js';
import { explainErrno } from './explain.js';
import { LauncherClient } from './launcher-client.js';
import { LauncherKeeper } from './launcher-keeper.js';
import { exitOf, LauncherProcess } from './launcher-process.js';
import { SeriesDesk } from './launcher-series.js';
import { ReadPipe } from './output-pipe.js';
import {
  NO_SLOT,
  type ProcessExit,
  type Series,
  type SeriesListener,
  type SeriesSpec,
  type SpawnAnswer,
  type Spawner,
  type SpawnRefusal,
  type SpawnSpec,
} from './spawner.js';
import { WidePipes } from './wide-pipes.js';

/** It would start everything as the user that the app was. */
const OTHER_USER =
  'The app runs as another user than when its launcher was started; make a new engine after a change of user';

interface Pending {
  spec: SpawnSpec;
  answer(answer: SpawnAnswer): void;
}

export interface LauncherSpawnerListener {
  onNotice(level: 'debug' | 'warn' | 'error', message: string): void;
}

function readPipe(content: string): ReadPipe {
  return new ReadPipe(Buffer.from(content, 'latin1'));
}

/** Starts processes through a launcher, and sees to it that there is one. */
export class LauncherSpawner implements Spawner {
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, Birth>();
  readonly #launcher: LauncherKeeper;
  readonly #widePipes = new WidePipes((fd) => this.#launcher.client?.send({ type: 'widen', fd }));
  #opened: number[] = [];
  #lastId = 0;
  readonly #series = new SeriesDesk((request) => {
    this.#launcher.client?.send(request);
    if (this.#series.waits) this.#watchdog.watch();
  });
  readonly #watchdog = new AnswerWatchdog((waitedMs) => {
    this.listener.onNotice('error', `the launcher did not answer within ${waitedMs} ms and is killed`);
    this.#launcher.client?.kill();
  });

  private constructor(
    private readonly slots: ProcessSlotWriter,
    private readonly surroundings: Surroundings,
    private readonly listener: LauncherSpawnerListener,
  ) {
    this.#launcher = new LauncherKeeper(surroundings, {
      onReply: (reply) => this.#onReply(reply),
      onNotice: (message) => listener.onNotice('warn', message),
      onLost: (reason, pid) => this.#onLost(reason, pid),
      onGivenUp: (reason) => listener.onNotice('error', reason),
    });
  }

  /** Rejects when a launcher cannot do its work here. */
  static async create(
    slots: ProcessSlotWriter,
    surroundings: Surroundings,
    listener: LauncherSpawnerListener,
  ): Promise<LauncherSpawner> {
    const spawner = new LauncherSpawner(slots, surroundings, listener);
    await spawner.#launcher.start();
    return spawner;
  }

  /** Why it is left alone for a while; `null` when it is not. */
  get gaveUp(): string | null {
    return this.#launcher.gaveUp;
  }

  async spawn(spec: SpawnSpec): Promise<SpawnAnswer> {
    const client = await this.#usable();
    if (!(client instanceof LauncherClient)) return { type: 'refused', ...client };
    const sent = { ...spec, cwd: this.#directoryFor(spec, client) };
    return new Promise((answer) => {
      const id = ++this.#lastId;
      this.#pending.set(id, { spec: sent, answer });
      client.send({ type: 'spawn', id, ...sent });
      this.#watchdog.watch();
    });
  }

  async series(spec: SeriesSpec, places: number, listener: SeriesListener): Promise<Series | null> {
    const client = await this.#usable();
    if (!(client instanceof LauncherClient)) return null;
    return this.#series.open({ ...spec, cwd: this.#directoryFor(spec, client) }, places, listener);
  }

  /** The launcher, where it may be asked to start something; or why not. */
  async #usable(): Promise<LauncherClient | SpawnRefusal> {
    const client = await this.#launcher.get();
    if (this.slots.closing || this.#launcher.stopped) return { message: 'the engine is closing', transient: false };
    if (this.slots.free <= this.#pending.size) return NO_SLOT;
    if (!client) {
      const message = this.gaveUp ?? 'The launcher process is gone';
      return { message, transient: false, lost: true, unasked: true };
    }
    if (client.user !== ownUser()) return { message: OTHER_USER, transient: false, unasked: true };
    return client;
  }

  #directoryFor({ cwd }: { cwd: string | null }, { astray }: LauncherClient): string | null {
    return cwd ?? (astray ? this.surroundings.directory : null);
  }

  async stop(): Promise<void> {
    this.#watchdog.stop();
    await this.#launcher.stop();
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
      case 'ran':
        return this.#onRan(reply);
      case 'took':
        this.#series.taken();
        return this.#answered();
      case 'halted':
        this.#series.halted(reply);
        return this.#answered();
      case 'runs':
        this.#launcher.works();
        return this.#series.ran(reply);
      case 'exited': {
        const { end, groupRemains } = reply;
        const child = this.#running.get(end.pid);
        this.#running.delete(end.pid);
        return child?.ended(exitOf(end, groupRemains));
      }
    }
  }

  #onRan({ id, startedMs, endedMs, end, groupRemains, output }: Extract<LauncherReply, { type: 'ran' }>): void {
    const { pid } = end;
    const pipes = { stdin: null, stdout: readPipe(output.stdout), stderr: readPipe(output.stderr) };
    const slot = groupRemains ? this.slots.recordSpawn(() => pid) : null;
    if (groupRemains && slot === null) sendSignal(-pid, 'SIGKILL'); // the engine is closing
    const process = new LauncherProcess(
      pid,
      startedMs,
      endedMs,
      pipes,
      () => slot !== null && this.slots.release(slot),
    );
    process.ended(exitOf(end, groupRemains));
    this.#launcher.works();
    this.#settle(id)?.answer({ type: 'spawned', process });
  }

  async #onSpawned({ id, pid, startedMs, ...descriptors }: Extract<LauncherReply, { type: 'spawned' }>): Promise<void> {
    const pending = this.#settle(id);
    const { client } = this.#launcher;
    if (!pending || !client) return;
    this.#launcher.works();
    const slot = this.slots.free > 0 ? this.slots.recordSpawn(() => pid) : null;
    const born = new Birth();
    this.#running.set(pid, born);
    try {
      if (slot === null) throw new Error(this.slots.closing ? 'the engine is closing' : NO_SLOT.message);
      const pipes = await openPipes(client.pid, descriptors, this.#widePipes, () => this.#launcher.stopped);
      const child = new LauncherProcess(pid, startedMs, null, pipes, () => this.slots.release(slot));
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
    this.#launcher.client?.send({ type: 'opened', ids });
  }

  #settle(id: number): Pending | undefined {
    const part = this.#series.partOf(id);
    if (part) return { spec: { ...part.spec, args: [], pipeInput: false }, answer: part.answer };
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#answered();
    return pending;
  }

  #answered(): void {
    this.#watchdog.answered(this.#pending.size > 0 || this.#series.waits);
  }

  /** Kills everything the launcher had started, and tells whoever waits. */
  #onLost(reason: string, launcherPid: number): void {
    this.#watchdog.stop();
    const running = [...this.#running.entries()];
    const pending = [...this.#pending.values()];
    this.#running.clear();
    this.#pending.clear();
    killTrees(running.map(([group]) => group));
    killSession(launcherPid);
    const lost = `The launcher process was lost: ${reason}`;
    this.listener.onNotice('error', `launcher lost (${reason}) with ${running.length} processes`);
    const exit: ProcessExit = { exitCode: null, signal: null, resourceUsage: null, groupRemains: null, lost };
    for (const [, child] of running) child.ended(exit);
    for (const { answer } of pending) answer({ type: 'refused', message: lost, transient: false, lost: true });
    this.#series.lost(lost);
  }
}
