import 'reflect-metadata';
import type { Observable } from 'rxjs';
import { inject, Lifecycle, scoped } from 'tsyringe';
import { Actor } from '../actors/kernel/actor.js';
import type { Clock } from '../actors/kernel/clock.js';
import { DeadLetters } from '../actors/kernel/dead-letters.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import { EngineStoppedError, NotRunningError } from '../actors/protocol/errors.js';
import { isTerminal } from '../actors/protocol/execution.js';
import type { EngineHealth } from '../actors/protocol/health.js';
import type { PlanEvent } from '../actors/protocol/plan.js';
import type { ConcurrencyMetrics } from '../actors/protocol/stats.js';
import { isNews, type Surroundings } from '../actors/protocol/wire.js';
import { Admission } from './admission.js';
import { Agenda } from './agenda.js';
import { Announcer } from './announcer.js';
import { Dispatcher } from './dispatcher.js';
import { healthOf, type Phase } from './health.js';
import { ExecutionLifecycle, STOPPED } from './lifecycle.js';
import type { SupervisorMessage } from './messages.js';
import type { PlanStreams } from './plan-streams.js';
import { ProcessLedger } from './process-ledger.js';
import { Publisher } from './publisher.js';
import type { ExecutionRecord } from './record.js';
import { Registry } from './registry.js';
import type { Submission } from './submission.js';
import { CLOCK, CONFIG, SURROUNDINGS } from './tokens.js';
import { WorkerPool } from './worker-pool.js';
import { WorkerSupervision } from './worker-supervision.js';
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
  readonly #supervision: WorkerSupervision;
  readonly #announcer: Announcer;
  #phase: Phase = 'open';
  #dispatchPending = false;

  readonly agenda: Agenda;
  readonly health$: Observable<EngineHealth>;
  readonly concurrency$: Observable<ConcurrencyMetrics>;

  constructor(
    @inject(CONFIG) private readonly config: EngineConfig,
    @inject(CLOCK) private readonly clock: Clock,
    @inject(SURROUNDINGS) surroundings: Surroundings,
    readonly registry: Registry,
    readonly publisher: Publisher,
    deadLetters: DeadLetters,
    pool: WorkerPool,
    ledger: ProcessLedger,
  ) {
    super();
    this.#admission = new Admission(config);
    const wake = () => this.wake();
    this.agenda = new Agenda(registry, clock, wake);
    this.#dispatcher = new Dispatcher(config, surroundings.directory);
    this.#lifecycle = new ExecutionLifecycle(config, clock, registry, this.#admission, this.#dispatcher, publisher, {
      queueExpired: (record) => this.tell({ type: 'queue_expired', record }),
      retryDue: (record) => this.tell({ type: 'retry_due', record }),
      permitGranted: () => this.#staff(),
      deadLetter: (executionId, message, reason) => this.#announcer.deadLetter(executionId, message, reason),
    });
    this.#workforce = new Workforce(config, surroundings, clock, pool, ledger, {
      workerEvent: (link, event) => this.tell({ type: 'worker_event', link, event }),
      workerReady: (seat, link) => this.tell({ type: 'worker_ready', seat, link }),
      workerFailed: (seat, reason) => this.tell({ type: 'worker_failed', seat, reason }),
      workerLost: (link, reason) => this.tell({ type: 'worker_lost', link, reason }),
      restartDue: (seat) => this.tell({ type: 'restart_due', seat }),
      recoveryDue: () => this.tell({ type: 'recovery_due' }),
    });
    const health = healthOf(this.#workforce.crew, this.#phase);
    this.#announcer = new Announcer(publisher, config.logger, deadLetters, wake, health, this.#admission.metrics);
    const parts = [this.#workforce, this.#dispatcher, this.#lifecycle, registry, this.#announcer] as const;
    this.#supervision = new WorkerSupervision(...parts);
    this.health$ = this.#announcer.health$;
    this.concurrency$ = this.#announcer.concurrency$;
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

  /** A part of a plan, which was admitted as a whole: while the engine drains, it still comes. */
  submitPart(submission: Submission, plan: PlanStreams): ExecutionRecord {
    if (this.agenda.isClosed) throw new EngineStoppedError();
    this.#workforce.assertHealthy();
    const record = this.#lifecycle.submit(submission, plan);
    this.wake();
    return record;
  }

  /** Tells what happened to a plan, in turn with what happens to executions. */
  publishPlan(streams: PlanStreams, event: PlanEvent): void {
    this.publisher.plan(streams, event);
    this.wake();
  }

  /** @throws {EngineStoppedError | EngineUnhealthyError} */
  assertOpen(): void {
    if (this.#phase !== 'open') throw new EngineStoppedError();
    this.#workforce.assertHealthy();
  }

  /**
   * Someone is about to submit: the first worker starts while the submission is being checked.
   * @throws as `assertOpen`
   */
  expectWork(): void {
    this.assertOpen();
    this.#workforce.crew.staff(1);
  }

  /** @throws {NotRunningError} */
  cancel(record: ExecutionRecord, reason: string): void {
    if (isTerminal(record.status)) throw new NotRunningError(record.id, `has already ended (${record.status})`);
    record.cancelReason ??= reason;
    this.tellControl({ type: 'cancel', record, reason });
  }

  cancelAll(reason: string): number {
    const told = [...this.registry.live].filter(({ cancelReason }) => cancelReason === null);
    this.agenda.cancel(reason);
    for (const record of told) this.cancel(record, reason);
    return told.length;
  }

  /** The retention pass. Returns how many records it removed. */
  forgetExpired(): number {
    return this.registry.forgetExpired(this.config, this.clock.now());
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
    if (drainMs > 0) await this.agenda.emptyWithin(drainMs);
    this.tellControl({ type: 'end_all' });
    const { killGraceMs, drainTimeoutMs } = this.config;
    const settled = await this.agenda.emptyWithin(killGraceMs + KILL_WAIT_MS + drainTimeoutMs + MARGIN_MS);
    if (!settled) {
      const details = { executions: this.registry.live.size };
      this.#announcer.log('error', details, 'worker threads do not answer and are ended');
      await this.#workforce.abandon();
      await this.agenda.emptyWithin(MARGIN_MS);
    }
    await this.#workforce.stop();
    this.#phase = 'stopped';
    this.#refreshHealth();
    this.terminate();
    this.#announcer.complete();
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
        this.agenda.close();
        for (const record of this.registry.live) this.#lifecycle.cancel(record, STOPPED.message, STOPPED);
        return;
      default:
        this.#supervision.handle(message);
        this.#dispatch(); // there may be a worker to take work now
        this.#refreshHealth();
    }
  }

  protected override settle(): void {
    do {
      this.publisher.publishAll();
      this.#announcer.concurrency(this.#admission.metrics); // a subscriber may submit something, which is to be told in this turn as well
    } while (!this.publisher.idle);
    this.agenda.check();
  }

  protected override onDeadLetter(message: SupervisorMessage, reason: string): void {
    this.#announcer.deadLetter(null, message.type, reason);
  }

  protected override onFailure(error: unknown, message: SupervisorMessage): void {
    this.#announcer.log('error', { err: error, message: message.type }, 'the supervisor failed to handle a message');
  }

  #staff(): void {
    this.#workforce.crew.staffFor(this.#dispatcher.demand);
    if (this.#dispatchPending) return;
    this.#dispatchPending = true;
    this.tell({ type: 'dispatch' });
  }

  #dispatch(): void {
    this.#dispatchPending = false;
    this.#dispatcher.dispatch(() => this.#workforce.crew.preferred());
  }

  #onWorkerEvent({ link, event }: Extract<SupervisorMessage, { type: 'worker_event' }>): void {
    if (event.type === 'ended' && event.outcome.logFailure !== null) {
      this.#announcer.lostLog(this.#dispatcher.recordOf(event.ref)?.id, event.outcome.logFailure);
    }
    if (!isNews(event)) return this.#lifecycle.onWorkerEvent(link, event);
    this.#supervision.hear(link, event);
    this.#refreshHealth();
  }

  #refreshHealth(): void {
    this.#announcer.health(healthOf(this.#workforce.crew, this.#phase));
  }
}
