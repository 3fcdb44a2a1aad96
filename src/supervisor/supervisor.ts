import 'reflect-metadata';
import { BehaviorSubject, distinctUntilChanged, type Observable } from 'rxjs';
import { inject, Lifecycle, scoped } from 'tsyringe';
import { expired } from '../actors/cleanup/retention.js';
import { Actor } from '../actors/kernel/actor.js';
import type { Clock, TimerHandle } from '../actors/kernel/clock.js';
import { DeadLetters } from '../actors/kernel/dead-letters.js';
import { type Deferred, deferred } from '../actors/kernel/deferred.js';
import type { EngineConfig, Logger } from '../actors/protocol/config.js';
import {
  EngineStoppedError,
  EngineUnhealthyError,
  NotFinishedError,
  NotRunningError,
} from '../actors/protocol/errors.js';
import { type Failure, type FailureCode, isTerminal } from '../actors/protocol/execution.js';
import type { EngineHealth } from '../actors/protocol/health.js';
import type { ConcurrencyMetrics } from '../actors/protocol/stats.js';
import type { WorkerBorn } from '../actors/protocol/wire.js';
import { Admission } from './admission.js';
import { Dispatcher } from './dispatcher.js';
import { healthOf, type Phase } from './health.js';
import { ExecutionLifecycle, STOPPED } from './lifecycle.js';
import type { SupervisorMessage, WorkforceMessage } from './messages.js';
import { ProcessLedger } from './process-ledger.js';
import { Publisher } from './publisher.js';
import type { ExecutionRecord } from './record.js';
import { Registry } from './registry.js';
import type { Submission } from './submission.js';
import { CLOCK, CONFIG } from './tokens.js';
import type { WorkerLink } from './worker-link.js';
import { WorkerPool } from './worker-pool.js';
import { Workforce } from './workforce.js';

/** What may pass between SIGKILL and an attempt that reports it did not help. */
const KILL_WAIT_MS = 2_000;
/** For threads that are busy. */
const MARGIN_MS = 3_000;

/**
 * The supervisor actor: sole writer of the registry, owner of the admission semaphore, of the ledger of process groups and of the worker
 * actors' lives. What callers ask is answered at once; what happens is handled one message at a time.
 */
@scoped(Lifecycle.ContainerScoped)
export class Supervisor extends Actor<SupervisorMessage> {
  readonly #admission: Admission<ExecutionRecord>;
  readonly #dispatcher: Dispatcher;
  readonly #lifecycle: ExecutionLifecycle;
  readonly #workforce: Workforce;
  readonly #health$: BehaviorSubject<EngineHealth>;
  readonly #concurrency$: BehaviorSubject<ConcurrencyMetrics>;
  readonly #logger: Logger;
  #phase: Phase = 'open';
  #dispatchPending = false;
  #onIdle: Deferred<void> | null = null;

  readonly health$: Observable<EngineHealth>;
  readonly concurrency$: Observable<ConcurrencyMetrics>;

  constructor(
    @inject(CONFIG) private readonly config: EngineConfig,
    @inject(CLOCK) private readonly clock: Clock,
    readonly registry: Registry,
    readonly publisher: Publisher,
    private readonly deadLetters: DeadLetters,
    pool: WorkerPool,
    ledger: ProcessLedger,
  ) {
    super();
    this.#logger = config.logger;
    this.#admission = new Admission(config);
    this.#dispatcher = new Dispatcher(config);
    this.#lifecycle = new ExecutionLifecycle(config, clock, registry, this.#admission, this.#dispatcher, publisher, {
      queueExpired: (record) => this.tell({ type: 'queue_expired', record }),
      retryDue: (record) => this.tell({ type: 'retry_due', record }),
      permitGranted: () => this.#staff(),
      deadLetter: (executionId, message, reason) => this.#deadLetter(executionId, message, reason),
    });
    this.#workforce = new Workforce(config, clock, pool, ledger, {
      workerEvent: (link, event) => this.tell({ type: 'worker_event', link, event }),
      workerReady: (seat, link) => this.tell({ type: 'worker_ready', seat, link }),
      workerFailed: (seat, reason) => this.tell({ type: 'worker_failed', seat, reason }),
      workerLost: (link, reason) => this.tell({ type: 'worker_lost', link, reason }),
      workerFault: (link, error) => this.#log('error', { worker: link.threadId, err: error }, 'a control call failed'),
      restartDue: (seat) => this.tell({ type: 'restart_due', seat }),
      recoveryDue: () => this.tell({ type: 'recovery_due' }),
    });
    this.#health$ = new BehaviorSubject(healthOf(this.#workforce.crew, this.#phase));
    this.#concurrency$ = new BehaviorSubject(this.#admission.metrics);
    this.health$ = this.#health$.pipe(distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)));
    this.concurrency$ = this.#concurrency$.asObservable();
    publisher.onInterest = () => this.#workforce.listenAll(publisher.listenAll);
  }

  get metrics(): ConcurrencyMetrics {
    return this.#admission.metrics;
  }

  /** @throws {EngineStoppedError | EngineUnhealthyError} and what admission and the registry refuse with */
  submit(submission: Submission): ExecutionRecord {
    this.assertOpen();
    const record = this.#lifecycle.submit(submission);
    this.wake();
    return record;
  }

  /** @throws {EngineStoppedError | EngineUnhealthyError} */
  assertOpen(): void {
    if (this.#phase !== 'open') throw new EngineStoppedError();
    const { gaveUp } = this.#workforce.crew;
    if (gaveUp !== null) throw new EngineUnhealthyError(gaveUp);
  }

  /** @throws {NotRunningError} */
  cancel(record: ExecutionRecord, reason: string): void {
    if (isTerminal(record.status)) throw new NotRunningError(record.id, `has already ended (${record.status})`);
    this.tellControl({ type: 'cancel', record, reason });
  }

  cancelAll(reason: string): number {
    const { live } = this.registry;
    for (const record of live) this.tellControl({ type: 'cancel', record, reason });
    return live.size;
  }

  /** @throws {NotFinishedError} */
  remove(record: ExecutionRecord): void {
    if (!isTerminal(record.status)) throw new NotFinishedError(record.id, record.status);
    this.registry.remove(record);
  }

  /** The retention pass. Returns how many records it removed. */
  forgetExpired(): number {
    const { finished } = this.registry;
    const gone = expired(finished, finished.size, this.config, this.clock.now());
    for (const record of gone) this.registry.remove(record);
    return gone.length;
  }

  finishedCount(): number {
    return this.registry.finished.size;
  }

  isLive(executionId: string): boolean {
    return this.registry.isLive(executionId);
  }

  /** Starts every worker now instead of when there is work for it. */
  staffAll(): void {
    this.#workforce.crew.staff(this.#workforce.crew.size);
    this.#refreshHealth();
  }

  /** Stops in phases: close admission, drain, terminate, stop the workers, complete the streams. */
  async stop(drainMs: number): Promise<void> {
    this.#phase = 'stopping';
    this.#refreshHealth();
    if (drainMs > 0) await this.#idleWithin(drainMs);
    this.tellControl({ type: 'end_all' });
    const { killGraceMs, drainTimeoutMs } = this.config;
    const settled = await this.#idleWithin(killGraceMs + KILL_WAIT_MS + drainTimeoutMs + MARGIN_MS);
    if (!settled) {
      this.#log('error', { executions: this.registry.live.size }, 'worker threads do not answer and are ended');
      await this.#workforce.abandon();
      await this.#idleWithin(MARGIN_MS);
    }
    await this.#workforce.stop();
    this.#phase = 'stopped';
    this.#refreshHealth();
    this.terminate();
    this.publisher.complete();
    this.#health$.complete();
    this.#concurrency$.complete();
    this.deadLetters.complete();
  }

  protected override receive(message: SupervisorMessage): void {
    switch (message.type) {
      case 'dispatch':
        return this.#dispatch();
      case 'worker_event':
        return this.#onWorkerEvent(message);
      case 'cancel':
        return this.#lifecycle.cancel(message.record, message.reason, { code: 'CANCELLED', message: message.reason });
      case 'queue_expired':
        return this.#lifecycle.expire(message.record);
      case 'retry_due':
        return this.#lifecycle.retry(message.record);
      case 'end_all':
        for (const record of this.registry.live) this.#lifecycle.cancel(record, STOPPED.message, STOPPED);
        return;
      default:
        this.#onWorkforceMessage(message);
        this.#refreshHealth();
    }
  }

  protected override settle(): void {
    do {
      this.publisher.publishAll();
      this.#refreshConcurrency(); // a subscriber may submit something, which is to be told in this turn as well
    } while (!this.publisher.idle);
    if (this.#onIdle && this.registry.live.size === 0) this.#onIdle.resolve();
  }

  protected override onDeadLetter(message: SupervisorMessage, reason: string): void {
    this.#deadLetter(null, message.type, reason);
  }

  protected override onFailure(error: unknown, message: SupervisorMessage): void {
    this.#log('error', { err: error, message: message.type }, 'the supervisor failed to handle a message');
  }

  #staff(): void {
    this.#workforce.crew.staff(this.#dispatcher.demand);
    if (this.#dispatchPending) return;
    this.#dispatchPending = true;
    this.tell({ type: 'dispatch' });
  }

  #dispatch(): void {
    this.#dispatchPending = false;
    this.#dispatcher.dispatch(() => this.#workforce.crew.leastLoaded());
  }

  #onWorkerEvent({ link, event }: Extract<SupervisorMessage, { type: 'worker_event' }>): void {
    if (event.type === 'ended' && event.outcome.logFailure !== null) {
      const executionId = this.#dispatcher.recordOf(event.ref)?.id;
      this.#log('warn', { executionId, reason: event.outcome.logFailure }, 'output could not be written to its file');
    }
    if (event.type === 'notice') return this.#log(event.level, { worker: link.threadId }, event.message);
    this.#lifecycle.onWorkerEvent(link, event);
  }

  #onWorkforceMessage(message: WorkforceMessage): void {
    const { crew } = this.#workforce;
    switch (message.type) {
      case 'worker_ready':
        this.#logReady(message.link.born);
        this.#workforce.seated(message.seat, message.link);
        return this.#dispatch();
      case 'worker_failed':
        this.#log('warn', { reason: message.reason }, 'worker thread did not start');
        crew.failed(message.seat, message.reason);
        return this.#failUnassignedIfUnhealthy();
      case 'worker_lost':
        return this.#onWorkerLost(message.link, message.reason);
      case 'restart_due':
        return crew.restart(message.seat);
      case 'recovery_due':
        crew.recover();
        return crew.staff(1);
    }
  }

  #logReady({ threadId: worker, spawner, reason }: WorkerBorn): void {
    if (reason === null) this.#log('debug', { worker, spawner }, 'worker thread ready');
    else this.#log('warn', { worker, spawner, reason }, 'worker thread ready, without a launcher');
  }

  /** Each execution on a lost worker ends once and is not run again: commands have side effects. */
  #onWorkerLost(link: WorkerLink, reason: string): void {
    const records = this.#dispatcher.assignedTo(link);
    const groups = this.#workforce.lost(link, reason);
    if (this.#phase === 'open' || records.length > 0) {
      this.#log('error', { worker: link.threadId, reason, executions: records.length, groups }, 'worker thread lost');
    }
    const error: Failure = { code: 'WORKER_LOST', message: `The worker thread that ran it was lost: ${reason}` };
    for (const record of records) this.#lifecycle.endWithoutReport(record, 'failed', error);
    this.#failUnassignedIfUnhealthy();
  }

  /** Work that no worker will take must not hang. */
  #failUnassignedIfUnhealthy(): void {
    const { gaveUp } = this.#workforce.crew;
    if (gaveUp === null) return;
    const { code, message } = new EngineUnhealthyError(gaveUp);
    for (const record of this.registry.live) {
      if (!record.assignment)
        this.#lifecycle.endWithoutReport(record, 'failed', { code: code as FailureCode, message });
    }
  }

  /** Whether every execution has ended within this time. */
  async #idleWithin(periodMs: number): Promise<boolean> {
    this.#onIdle = deferred();
    this.wake();
    let timer: TimerHandle | undefined;
    const late = new Promise<void>((resolve) => {
      timer = this.clock.setTimeout(resolve, periodMs);
    });
    await Promise.race([this.#onIdle.promise, late]);
    this.clock.clearTimeout(timer);
    this.#onIdle = null;
    return this.registry.live.size === 0;
  }

  #refreshHealth(): void {
    const health = healthOf(this.#workforce.crew, this.#phase);
    this.publisher.call(() => this.#health$.next(health));
    this.wake();
  }

  #refreshConcurrency(): void {
    const { currentlyRunning, currentlyPending } = this.#concurrency$.value;
    const metrics = this.#admission.metrics;
    if (metrics.currentlyRunning === currentlyRunning && metrics.currentlyPending === currentlyPending) return;
    this.#concurrency$.next(metrics);
  }

  #log(level: keyof Logger, details: object, message: string): void {
    this.publisher.call(() => this.#logger[level](details, message));
    this.wake();
  }

  #deadLetter(executionId: string | null, message: string, reason: string): void {
    this.publisher.call(() => this.deadLetters.report({ recipient: 'supervisor', message, reason, executionId }));
    this.wake();
  }
}
