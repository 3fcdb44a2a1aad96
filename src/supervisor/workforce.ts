import type { Clock } from '../actors/kernel/clock.js';
import { settledWithin } from '../actors/kernel/settled-within.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import { EngineUnhealthyError } from '../actors/protocol/errors.js';
import type { Surroundings, WorkerEvent, WorkerSettings } from '../actors/protocol/wire.js';
import type { ProcessLedger } from './process-ledger.js';
import { WorkerCrew } from './worker-crew.js';
import type { WorkerLink } from './worker-link.js';
import type { WorkerPool, WorkerPoolListener } from './worker-pool.js';

/** What the threads have to say, sent to the supervisor as messages. */
export interface WorkforcePort {
  workerEvent(link: WorkerLink, event: WorkerEvent): void;
  workerReady(seat: number, link: WorkerLink): void;
  workerFailed(seat: number, reason: string): void;
  workerLost(link: WorkerLink, reason: string): void;
  restartDue(seat: number): void;
  recoveryDue(): void;
}

/** How long a worker without work may take to say goodbye: longer than it gives its launcher. */
const STOP_DEADLINE_MS = 4_000;

/** Worker threads and their supervision: starting, losing, replacing and stopping them. */
export class Workforce implements WorkerPoolListener {
  readonly crew: WorkerCrew;
  readonly #settings: WorkerSettings;
  readonly #starts = new Set<Promise<void>>();
  /** Came up when nobody wanted them any more. */
  readonly #late: WorkerLink[] = [];
  #listenAll = false;
  #stopping = false;

  constructor(
    config: EngineConfig,
    surroundings: Surroundings,
    private readonly clock: Clock,
    private readonly pool: WorkerPool,
    private readonly ledger: ProcessLedger,
    private readonly port: WorkforcePort,
  ) {
    const { killGraceMs, drainTimeoutMs, maxLineBytes, maxLogSizeBytes, streamOutput } = config;
    const output = { maxLineBytes, maxLogSizeBytes, streamOutput };
    this.#settings = { killGraceMs, drainTimeoutMs, ...output, ...surroundings, spawner: config.spawner };
    this.crew = new WorkerCrew(config.workerThreads, clock, {
      start: (seat) => this.#begin(seat),
      restartDue: (seat) => port.restartDue(seat),
      recoveryDue: () => port.recoveryDue(),
    });
  }

  /** No worker is replaced any more. */
  get stopping(): boolean {
    return this.crew.closed;
  }

  /** Whether the lines of every execution are wanted. */
  listenAll(on: boolean): void {
    if (on === this.#listenAll || !this.#settings.streamOutput) return;
    this.#listenAll = on;
    for (const link of this.crew.links) link.send({ type: 'listen_all', on });
  }

  /** A worker came up while the wish was another. */
  seated(seat: number, link: WorkerLink): void {
    this.crew.seated(seat, link);
    link.send({ type: 'listen_all', on: this.#listenAll });
  }

  /** @throws {EngineUnhealthyError} */
  assertHealthy(): void {
    const { gaveUp } = this.crew;
    if (gaveUp !== null) throw new EngineUnhealthyError(gaveUp);
  }

  /** Kills what the worker left running, and sees to its replacement. Returns how many process groups were left. */
  lost(link: WorkerLink, reason: string): number {
    const seat = this.crew.seatOf(link);
    const groups = this.ledger.settle(link.slots);
    link.close();
    if (seat !== -1) this.crew.failed(seat, reason);
    return groups;
  }

  onBatch(link: WorkerLink, batch: WorkerEvent[]): void {
    for (const event of batch) this.port.workerEvent(link, event);
  }

  onLost(link: WorkerLink, reason: string): void {
    this.onBatch(link, link.remaining());
    this.port.workerLost(link, reason);
  }

  /** Every worker without work ends; one that does not answer in time ends with its thread. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.crew.close();
    // A thread that ends while it starts its launcher would leave it as a zombie.
    await this.#withDeadline(Promise.all(this.#starts));
    const links = [...this.crew.links, ...this.#late];
    await Promise.all(links.map((link) => this.#withDeadline(link.stop())));
    await this.pool.destroy();
    for (const link of links) {
      this.ledger.settle(link.slots);
      link.close();
    }
    await this.ledger.killedAreGone();
    this.ledger.dispose();
  }

  /** Ends the threads as they are. Each is then told as lost. */
  async abandon(): Promise<void> {
    this.crew.close();
    await this.pool.destroy();
  }

  #begin(seat: number): void {
    const start = this.#start(seat).finally(() => this.#starts.delete(start));
    this.#starts.add(start);
  }

  async #start(seat: number): Promise<void> {
    try {
      const link = await this.pool.start(this, this.#settings, this.#listenAll);
      if (this.#stopping) this.#late.push(link);
      else this.port.workerReady(seat, link);
    } catch (error) {
      this.port.workerFailed(seat, error instanceof Error ? error.message : String(error));
    }
  }

  #withDeadline(answer: Promise<unknown>): Promise<void> {
    return settledWithin(this.clock, STOP_DEADLINE_MS, answer);
  }
}
