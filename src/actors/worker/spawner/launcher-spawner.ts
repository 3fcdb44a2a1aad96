import { ownUser } from '../../process/own-user.js';
import type { ProcessSlotWriter } from '../../process/process-slots.js';
import { killSession, killTrees, sendSignal } from '../../process/process-tree.js';
import type { LauncherReply, ProcessEnd } from '../../protocol/launcher-wire.js';
import { signalName } from '../../protocol/signals.js';
import type { Surroundings } from '../../protocol/wire.js';
import { AnswerWatchdog } from './answer-watchdog.js';
import { openPipes } from './child-pipes.js';
import { explainErrno, explainSpawnError } from './explain.js';
import { LauncherKeeper } from './launcher-keeper.js';
import { LauncherProcess } from './launcher-process.js';
import { ReadPipe } from './output-pipe.js';
import { NO_SLOT, type ProcessExit, type SpawnAnswer, type Spawner, type SpawnSpec } from './spawner.js';
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

function exitOf(end: ProcessEnd, groupRemains: boolean): ProcessExit {
  const { userMs, systemMs, maxRssBytes } = end;
  const signal = signalName(end.signal);
  const exitCode = signal ? null : end.exitCode;
  return { exitCode, signal, resourceUsage: { userMs, systemMs, maxRssBytes }, groupRemains, lost: null };
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
    const client = await this.#launcher.get();
    if (this.slots.closing || this.#launcher.stopped) {
      return { type: 'refused', message: 'the engine is closing', transient: false };
    }
    if (this.slots.free <= this.#pending.size) return { type: 'refused', ...NO_SLOT };
    if (!client) {
      const message = this.gaveUp ?? 'The launcher process is gone';
      return { type: 'refused', message, transient: false, lost: true, unasked: true };
    }
    if (client.user !== ownUser()) return { type: 'refused', message: OTHER_USER, transient: false, unasked: true };
    const sent = { ...spec, cwd: spec.cwd ?? (client.astray ? this.surroundings.directory : null) };
    return new Promise((answer) => {
      const id = ++this.#lastId;
      this.#pending.set(id, { spec: sent, answer });
      client.send({ type: 'spawn', id, ...sent });
      this.#watchdog.watch();
    });
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
    const slot = this.slots.recordSpawn(() => pid);
    const born = new Birth();
    this.#running.set(pid, born);
    try {
      if (slot === null) throw new Error('the engine is closing');
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
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#watchdog.answered(this.#pending.size > 0);
    return pending;
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
  }
}
