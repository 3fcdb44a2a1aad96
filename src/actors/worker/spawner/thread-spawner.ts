/**
 * Starts processes with execa inside the worker thread.
 *
 * execa's own buffering, timeouts and exit hooks are off: they do not work in threads, or cost what we do better here.
 * `detached` makes each child the leader of its own group, so the whole tree can be signalled.
 */
import type { ChildProcess } from 'node:child_process';
import { systemClock } from '../../kernel/clock.js';
import { startedIn } from '../../process/own-directory.js';
import type { ProcessSlotWriter } from '../../process/process-slots.js';
import type { SignalName } from '../../protocol/execution.js';
import type { Surroundings } from '../../protocol/wire.js';
import { DescriptorShortage } from './descriptor-shortage.js';
import { explainSpawnError } from './explain.js';
import { StreamPipe } from './output-pipe.js';
import {
  NO_SLOT,
  type ProcessExit,
  type SpawnAnswer,
  type SpawnedProcess,
  type Spawner,
  type SpawnSpec,
} from './spawner.js';
import { bornOrReason } from './stillborn.js';

type Execa = typeof import('execa').execa;

export class ThreadSpawner implements Spawner {
  readonly #shortage = new DescriptorShortage();

  private constructor(
    private readonly execa: Execa,
    private readonly slots: ProcessSlotWriter,
    private readonly surroundings: Surroundings,
  ) {}

  /** execa takes a tenth of a second to load: only a thread that spawns by itself pays for it. */
  static async create(slots: ProcessSlotWriter, surroundings: Surroundings): Promise<ThreadSpawner> {
    const { execa } = await import('execa');
    return new ThreadSpawner(execa, slots, surroundings);
  }

  async stop(): Promise<void> {}

  async spawn(given: SpawnSpec): Promise<SpawnAnswer> {
    const spec = { ...given, cwd: given.cwd ?? startedIn(this.surroundings.directory) ?? null };
    if (this.slots.free === 0) return { type: 'refused', ...NO_SLOT };
    const foreseen = this.#shortage.foreseen();
    if (foreseen !== null) return refusal(foreseen, spec);
    let birth: ReturnType<ThreadSpawner['start']> | undefined;
    const startedMs = systemClock.monotonicMs();
    const slot = this.slots.recordSpawn(() => {
      birth = this.start(spec);
      return 'child' in birth ? birth.child.pid : undefined;
    });
    if (birth === undefined) return { type: 'refused', message: 'the engine is closing', transient: false };
    if ('reason' in birth) {
      this.#shortage.noted(); // before anything is awaited: the next spawn may follow in this turn
      return refusal(await birth.reason, spec);
    }
    if (slot === null) return refusal((await birth.child).cause, spec);
    return { type: 'spawned', process: new ThreadProcess(birth.child, startedMs, () => this.slots.release(slot)) };
  }

  private start(spec: SpawnSpec) {
    const { environment } = this.surroundings;
    return bornOrReason(() =>
      this.execa(spec.program, spec.args, {
        cwd: spec.cwd ?? undefined,
        env: spec.inheritEnv ? { ...environment, ...spec.env } : spec.env,
        extendEnv: false,
        stdin: spec.pipeInput ? 'pipe' : 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
        detached: true,
        cleanup: false,
        reject: false,
        buffer: false,
        encoding: 'buffer',
        stripFinalNewline: false,
      }),
    );
  }
}

function refusal(error: unknown, spec: SpawnSpec): SpawnAnswer {
  return { type: 'refused', ...explainSpawnError(error, spec) };
}

class ThreadProcess implements SpawnedProcess {
  readonly pid: number;
  readonly endedMs = null;
  readonly stdin;
  readonly stdout;
  readonly stderr;
  #exit: ProcessExit | null = null;
  #listener: ((exit: ProcessExit) => void) | null = null;

  constructor(
    child: ChildProcess,
    readonly startedMs: number,
    readonly release: () => void,
  ) {
    this.pid = child.pid as number;
    this.stdin = child.stdin;
    this.stdout = new StreamPipe(child.stdout as NonNullable<ChildProcess['stdout']>);
    this.stderr = new StreamPipe(child.stderr as NonNullable<ChildProcess['stderr']>);
    child.once('exit', (exitCode, signal) => {
      const ended = { exitCode, signal: signal as SignalName | null };
      this.#exit = { ...ended, resourceUsage: null, groupRemains: null, lost: null };
      this.#listener?.(this.#exit);
    });
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    if (this.#exit) listener(this.#exit);
    else this.#listener = listener;
  }
}
