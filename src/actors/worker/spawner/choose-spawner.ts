import type { ProcessSlotWriter } from '../../process/process-slots.js';
import { LAUNCHER_PLATFORM } from '../../protocol/launcher-wire.js';
import type { WorkerSettings } from '../../protocol/wire.js';
import { LauncherSpawner, type LauncherSpawnerListener } from './launcher-spawner.js';
import type { Series, SeriesListener, SeriesSpec, SpawnAnswer, Spawner, SpawnSpec } from './spawner.js';
import { ThreadSpawner } from './thread-spawner.js';

export interface ChosenSpawner {
  spawner: Spawner;
  kind: 'thread' | 'launcher';
  /** Why it is not the launcher, where that was tried. */
  reason: string | null;
}

export interface ChoiceListener extends LauncherSpawnerListener {
  /** From now on another one is in use than was chosen or told last. */
  onChange(kind: ChosenSpawner['kind'], reason: string | null): void;
}

/**
 * The spawner this worker will use. `'auto'`: a launcher where one works, found out by trying.
 * Rejects when `'launcher'` was asked for and does not work here.
 */
export async function chooseSpawner(
  slots: ProcessSlotWriter,
  { spawner: wanted, environment, directory }: Pick<WorkerSettings, 'spawner' | 'environment' | 'directory'>,
  listener: ChoiceListener,
): Promise<ChosenSpawner> {
  const inThread = (reason: string | null) =>
    ThreadSpawner.create(slots, { environment, directory }).then((spawner) => ({
      spawner,
      kind: 'thread' as const,
      reason,
    }));
  if (wanted === 'thread') return inThread(null);
  if (process.platform !== LAUNCHER_PLATFORM) {
    const reason = `the launcher needs Linux, this is ${process.platform}`;
    if (wanted === 'launcher') throw new Error(reason);
    return inThread(reason);
  }
  try {
    const launcher = await LauncherSpawner.create(slots, { environment, directory }, listener);
    const spawner = wanted === 'launcher' ? launcher : new WithFallback(launcher, () => inThread(null), listener);
    return { spawner, kind: 'launcher', reason: null };
  } catch (error) {
    const reason = `the launcher does not work here: ${(error as Error).message}`;
    if (wanted === 'launcher') throw new Error(reason);
    return inThread(reason);
  }
}

/** A launcher, until it has failed too often. */
class WithFallback implements Spawner {
  #fallback: Promise<{ spawner: Spawner }> | null = null;
  #inUse: ChosenSpawner['kind'] = 'launcher';

  constructor(
    private readonly launcher: LauncherSpawner,
    private readonly createFallback: () => Promise<{ spawner: Spawner }>,
    private readonly listener: ChoiceListener,
  ) {}

  async spawn(spec: SpawnSpec): Promise<SpawnAnswer> {
    let reason = this.launcher.gaveUp;
    if (reason === null) {
      const answer = await this.launcher.spawn(spec);
      if (answer.type === 'spawned') this.#use('launcher', null);
      if (answer.type === 'spawned' || !answer.unasked) return answer;
      reason = answer.message;
    }
    this.#use('thread', reason);
    this.#fallback ??= this.createFallback();
    return (await this.#fallback).spawner.spawn(spec);
  }

  async series(spec: SeriesSpec, places: number, listener: SeriesListener): Promise<Series | null> {
    return this.launcher.gaveUp === null ? this.launcher.series(spec, places, listener) : null;
  }

  async stop(): Promise<void> {
    await this.launcher.stop();
    await (await this.#fallback)?.spawner.stop();
  }

  #use(kind: ChosenSpawner['kind'], reason: string | null): void {
    if (kind === this.#inUse) return;
    this.#inUse = kind;
    this.listener.onChange(kind, reason);
  }
}
