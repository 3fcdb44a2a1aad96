/**
 * The worker threads, held by Piscina. Every actor has a thread to itself for as long as it lives: the balancer never puts two on
 * one, an idle thread is never taken away, and a thread's death is told by the thread itself.
 */
import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type ResourceLimits, type Worker } from 'node:worker_threads';
import { Piscina, type PiscinaTask, queueOptionsSymbol } from 'piscina';
import { inject, Lifecycle, scoped } from 'tsyringe';
import type { Clock } from '../actors/kernel/clock.js';
import { createSlotMemory } from '../actors/process/process-slots.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import { LAUNCHER_PLATFORM } from '../actors/protocol/launcher-wire.js';
import type { Surroundings, WorkerBirth, WorkerBorn, WorkerPreload, WorkerSettings } from '../actors/protocol/wire.js';
import { ProcessLedger } from './process-ledger.js';
import { ThreadStarts } from './thread-starts.js';
import { CLOCK, CONFIG, SURROUNDINGS, WORKER_FILES, WORKER_LIMITS } from './tokens.js';
import type { WorkerFiles } from './worker-files.js';
import { WorkerLink, type WorkerLinkListener } from './worker-link.js';

/** A thread that is not up by then will not come up. Generous: a loaded machine may take seconds. */
const START_DEADLINE_MS = 30_000;
/**
 * A fork copies the page tables of the whole app, so every megabyte that a thread touches slows each spawn down. A thread's garbage is
 * short-lived: a small nursery holds it as well as V8's default of 48 MB. Measured: 20 to 30 % more spawns a second.
 */
const YOUNG_GENERATION_MB = 6;
/** Slots beyond the semaphore's permits, for processes that outlive their execution because SIGKILL did not end them. */
const SPARE_SLOTS = 64;

export interface WorkerPoolListener extends WorkerLinkListener {
  /** The thread of a link has ended, for whatever reason. Told once. */
  onLost(link: WorkerLink, reason: string): void;
}

@scoped(Lifecycle.ContainerScoped)
export class WorkerPool {
  readonly #piscina: Piscina;
  readonly #starts = new ThreadStarts();

  constructor(
    @inject(CONFIG) private readonly config: EngineConfig,
    @inject(SURROUNDINGS) surroundings: Surroundings,
    @inject(WORKER_FILES) { entry, preload }: WorkerFiles,
    @inject(WORKER_LIMITS) resourceLimits: ResourceLimits,
    private readonly ledger: ProcessLedger,
    @inject(CLOCK) private readonly clock: Clock,
  ) {
    const hasLauncher = config.spawner !== 'thread' && process.platform === LAUNCHER_PLATFORM;
    const workerData: WorkerPreload = { launcher: hasLauncher ? surroundings : null };
    this.#piscina = new Piscina({
      filename: entry.href,
      minThreads: 0,
      maxThreads: config.workerThreads,
      idleTimeout: Number.POSITIVE_INFINITY,
      atomics: 'disabled',
      concurrentTasksPerWorker: 1,
      execArgv: preload ? ['--require', fileURLToPath(preload)] : [],
      workerData,
      trackUnmanagedFds: false, // a worker opens descriptors that its sockets then close
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB, ...resourceLimits },
      loadBalancer: (task, workers) => {
        queueMicrotask(() => this.#starts.watch(this.#piscina.threads)); // a task that finds no thread has one made for it
        return this.#starts.choose(startOf(task), workers);
      },
    });
    this.#piscina.on('error', () => {}); // told by the thread's own events, with the thread's name
  }

  /** Rejects when the thread does not come up. */
  async start(listener: WorkerPoolListener, settings: WorkerSettings, listenAll: boolean): Promise<WorkerLink> {
    const processSlots = createSlotMemory(this.config.maxConcurrentExecutions + SPARE_SLOTS);
    const slots = this.ledger.open(processSlots);
    const control = new MessageChannel();
    const events = new MessageChannel();
    try {
      const birth: WorkerBirth = { control: control.port2, events: events.port2, processSlots, settings, listenAll };
      const born = await this.#run(birth);
      const thread = this.#piscina.threads.find((candidate) => candidate.threadId === born.threadId);
      if (!thread) throw new Error('the thread ended while it was starting');
      const link = new WorkerLink(born, thread, control.port1, events.port1, slots, listener);
      this.#watch(thread, link, listener);
      return link;
    } catch (error) {
      this.ledger.settle(slots);
      control.port1.close();
      events.port1.close();
      throw error;
    }
  }

  async destroy(): Promise<void> {
    await this.#piscina.destroy();
  }

  async #run(birth: WorkerBirth): Promise<WorkerBorn> {
    const start = new AbortController();
    const { signal } = start;
    const deadline = this.clock.setTimeout(
      () => start.abort(new Error(`the thread did not start within ${START_DEADLINE_MS} ms`)),
      START_DEADLINE_MS,
    );
    this.#starts.add(start);
    try {
      const task = { ...birth, [queueOptionsSymbol]: start };
      return await this.#piscina.run(task, { transferList: [birth.control, birth.events], signal });
    } catch (error) {
      await this.#endThread(this.#starts.threadOf(start));
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.#starts.remove(start);
      this.clock.clearTimeout(deadline);
    }
  }

  /** A thread that did not become an actor is of no use, and would take the place of one that might. */
  async #endThread(id: number | undefined): Promise<void> {
    await this.#piscina.threads.find(({ threadId }) => threadId === id)?.terminate();
  }

  #watch(thread: Worker, link: WorkerLink, listener: WorkerPoolListener): void {
    let reason: string | null = null;
    thread.once('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    thread.once('exit', (code) => listener.onLost(link, reason ?? `the thread exited with code ${code}`));
  }
}

/** Piscina's way to tell tasks apart without looking into them: what was given with the task comes back with it. */
function startOf(task: PiscinaTask): AbortController {
  return task[queueOptionsSymbol] as AbortController;
}
