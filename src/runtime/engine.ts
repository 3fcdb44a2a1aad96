/// <reference lib="esnext.disposable" preserve="true" />
import 'reflect-metadata';
import { filter, firstValueFrom, type Observable, type Subscription } from 'rxjs';
import { inject, Lifecycle, scoped } from 'tsyringe';
import { CleanupActor } from '../actors/cleanup/cleanup-actor.js';
import { type DeadLetter, DeadLetters } from '../actors/kernel/dead-letters.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import {
  EngineStoppedError,
  EngineUnhealthyError,
  NotFinishedError,
  ValidationError,
} from '../actors/protocol/errors.js';
import type { ExecutionEvent } from '../actors/protocol/event.js';
import type {
  ExecutionFilter,
  ExecutionRequest,
  ExecutionResult,
  ExecutionStatus,
  ExecutionSummary,
} from '../actors/protocol/execution.js';
import type { EngineHealth } from '../actors/protocol/health.js';
import type { ExecutionPlan } from '../actors/protocol/plan.js';
import type { ConcurrencyMetrics, EngineStats } from '../actors/protocol/stats.js';
import { StatsActor } from '../actors/stats/stats-actor.js';
import { logPathOf } from '../supervisor/job.js';
import { Supervisor } from '../supervisor/supervisor.js';
import { CONFIG } from '../supervisor/tokens.js';
import { Batch, type BatchRequest } from './batch.js';
import { type Execution, ExecutionHandle } from './execution.js';
import { checkedFilter } from './execution-filter.js';
import { type EventHandler, handOver } from './handlers.js';
import { Plans } from './plan/plans.js';
import type { PlanExecution } from './plan-execution.js';
import { describe } from './problems.js';
import { readLog } from './read-log.js';
import { resolveRequest } from './request/resolve-request.js';
import { drainMsOf, type StopOptions } from './stop-options.js';

/** The engine an app holds. See the README for what each member promises. */
@scoped(Lifecycle.ContainerScoped)
export class ExecutionEngine {
  /**
   * Every event of every execution and plan, live. Never errors; completes on `stop()`. While someone is subscribed, the lines of all executions
   * cross from the worker threads; a narrower interest is better served by `Execution.stdout$`.
   */
  readonly events$: Observable<ExecutionEvent>;
  /** The current statistics, then every change. */
  readonly stats$: Observable<EngineStats>;
  /** Who holds a slot and who waits for one: the current numbers, then every change. */
  readonly concurrency$: Observable<ConcurrencyMetrics>;
  /** The current state of the worker threads, then every change. Completes on `stop()`. */
  readonly health$: Observable<EngineHealth>;
  /** Messages that reached no one, with the reason. */
  readonly deadLetters$: Observable<DeadLetter>;
  readonly #config: EngineConfig;
  readonly #supervisor: Supervisor;
  readonly #stats: StatsActor;
  readonly #cleanup: CleanupActor;
  readonly #plans: Plans;
  #stopped: Promise<void> | null = null;

  /** @internal Use `createEngine`. */
  constructor(
    @inject(CONFIG) config: EngineConfig,
    supervisor: Supervisor,
    stats: StatsActor,
    cleanup: CleanupActor,
    plans: Plans,
    deadLetters: DeadLetters,
  ) {
    this.#config = config;
    this.#supervisor = supervisor;
    this.#stats = stats;
    this.#cleanup = cleanup;
    this.#plans = plans;
    this.events$ = supervisor.publisher.events$;
    this.stats$ = stats.stats$;
    this.concurrency$ = supervisor.concurrency$;
    this.health$ = supervisor.health$;
    this.deadLetters$ = deadLetters.letters$;
  }

  /**
   * Validates, admits or queues, and returns at once. No event is emitted before the caller's current synchronous code has finished.
   * @throws {ValidationError} for a request that cannot be run as it stands
   * @throws {ConcurrencyLimitReachedError} with `admission: 'reject'`, when every slot is taken
   * @throws {QueueFullError} when `maxQueuedExecutions` wait already
   * @throws {EngineStoppedError} after `stop()`
   * @throws {EngineUnhealthyError} while worker threads fail faster than they may be restarted
   */
  execute(request: ExecutionRequest): Execution {
    this.#supervisor.expectWork();
    const record = this.#supervisor.submit(resolveRequest(request, this.#config));
    return new ExecutionHandle(record, (of, reason) => this.#supervisor.cancel(of, reason));
  }

  /** @internal For the command line. Takes one slot, however many places it has. Throws as `execute` does. */
  executeBatch({ batch, ...request }: BatchRequest): Batch {
    this.#supervisor.expectWork();
    const submission = resolveRequest({ ...request, stdin: { pipe: true } }, this.#config);
    const record = this.#supervisor.submit({ ...submission, batch });
    return new Batch(record, (of, reason) => this.#supervisor.cancel(of, reason));
  }

  /** `execute(request).result`; what `execute` would throw, it rejects with. */
  async run(request: ExecutionRequest): Promise<ExecutionResult> {
    return this.execute(request).result;
  }

  /**
   * Validates the whole plan and returns at once; its commands are executions like any other. They share the engine's slots, and the plan never
   * has more of them in the engine than it may run at once, so neither `admission: 'reject'` nor `maxQueuedExecutions` refuses them.
   * Whether a script or a working directory exists is looked at when a command's turn comes: one that does not is `SPAWN_FAILED`.
   * @throws {ValidationError} naming every field that is wrong, every index out of range, a cycle, or a reference that cannot be filled in
   * @throws {EngineStoppedError} after `stop()`
   * @throws {EngineUnhealthyError} while worker threads fail faster than they may be restarted
   */
  executePlan(plan: ExecutionPlan): PlanExecution {
    this.#supervisor.expectWork();
    return this.#plans.execute(plan);
  }

  /**
   * Ends an execution: one that waits never starts, one that runs is terminated with its process tree. `reason` becomes the message of the
   * result's error; the first one given stays.
   * @throws {NotFoundError}
   * @throws {NotRunningError} when it has ended
   */
  cancel(id: string, reason = 'cancelled by the app'): void {
    this.#supervisor.cancel(this.#supervisor.registry.get(id), reason);
  }

  /** Ends everything that waits or runs, plans included. Returns how many executions were told to stop. */
  cancelAll(reason = 'cancelled by the app'): number {
    return this.#supervisor.cancelAll(reason);
  }

  /** Where an execution stands. @throws {NotFoundError} */
  getStatus(id: string): ExecutionStatus {
    return this.#supervisor.registry.get(id).status;
  }

  /**
   * The result of an execution that has ended.
   * @throws {NotFoundError}
   * @throws {NotFinishedError} while it is pending or running
   */
  getResult(id: string): ExecutionResult {
    const { result, status } = this.#supervisor.registry.get(id);
    if (!result) throw new NotFinishedError(id, status);
    return result;
  }

  /** Resolves with the result once the execution has ended, however it does. Rejects with `NotFoundError` only. */
  async wait(id: string): Promise<ExecutionResult> {
    return this.#supervisor.registry.get(id).outcome;
  }

  /**
   * What the engine remembers, newest first.
   * @throws {ValidationError} for a filter with an unknown name, an unknown status, or a `limit` that is not a whole number from 0
   */
  listExecutions(filterBy?: ExecutionFilter): ExecutionSummary[] {
    return this.#supervisor.registry.list(filterBy === undefined ? {} : checkedFilter(filterBy));
  }

  /**
   * Forgets an execution that has ended. Its files stay until log retention takes them.
   * @throws {NotFoundError}
   * @throws {NotFinishedError} while it is pending or running
   */
  removeExecution(id: string): void {
    const { registry } = this.#supervisor;
    registry.remove(registry.get(id));
  }

  /** Runs the retention pass now. Returns how many records it removed. */
  cleanup(): number {
    return this.#supervisor.forgetExpired();
  }

  /**
   * The whole log, decoded as UTF-8; empty for an execution without output. While the execution runs, what has been written so far.
   * Rejects with `NotFoundError`, or with `LogReadError` when the engine writes no logs or this one is not whole or not there.
   */
  async readLogs(id: string): Promise<string> {
    return readLog(this.#supervisor.registry.get(id), this.#config.logOutput);
  }

  /** Where the log is or would be. Looks at nothing. @throws {ValidationError} for an id that would lead out of the log directory */
  getLogPath(id: string): string {
    if (typeof id !== 'string' || id === '' || /[/\\\0]/.test(id)) {
      throw new ValidationError([{ path: 'id', expected: 'the id of an execution', received: describe(id) }]);
    }
    return logPathOf(this.#config.logDir, id);
  }

  /** Counters over the engine's lifetime, cleaned-up executions included. */
  getStats(): EngineStats {
    return this.#stats.stats;
  }

  /** Who holds a slot and who waits for one, now. */
  getConcurrencyMetrics(): ConcurrencyMetrics {
    return this.#supervisor.metrics;
  }

  /**
   * Passes every event to a handler, until the subscription is unsubscribed or the engine stops. What it throws or rejects with goes where
   * RxJS puts unhandled errors (`config.onUnhandledError`).
   * @throws {ValidationError} when `handler` has no method `handleEvent`
   */
  subscribe(handler: EventHandler): Subscription {
    if (typeof handler?.handleEvent !== 'function') {
      const expected = 'an object with the method handleEvent';
      throw new ValidationError([{ path: 'handler', expected, received: describe(handler) }]);
    }
    return this.events$.subscribe((event) => handOver(event, handler));
  }

  /**
   * Resolves when every worker thread is up. Optional: work can be submitted at once.
   * Rejects with `EngineUnhealthyError` or `EngineStoppedError` when that will not be.
   */
  async ready(): Promise<void> {
    this.#supervisor.assertOpen();
    this.#supervisor.staffAll();
    const settled = ({ status, workers }: EngineHealth) =>
      workers.ready === workers.configured || status === 'unhealthy' || status === 'stopping';
    const health = await firstValueFrom(this.health$.pipe(filter(settled)), { defaultValue: null });
    if (health === null || health.status === 'stopping') throw new EngineStoppedError();
    if (health.status === 'unhealthy') throw new EngineUnhealthyError(health.reason ?? 'unknown');
  }

  /**
   * Refuses new work, lets the rest go on for `drainMs`, ends what is left, completes every stream and leaves no process, thread, timer or
   * descriptor behind. Further calls return the same promise.
   * @throws {ValidationError} at once, when `drainMs` is not a whole number from 0, or there is an option of another name
   */
  stop(options: StopOptions = {}): Promise<void> {
    const drainMs = drainMsOf(options);
    this.#stopped ??= this.#stop(drainMs);
    return this.#stopped;
  }

  /** `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(drainMs: number): Promise<void> {
    await this.#supervisor.stop(drainMs);
    this.#plans.stop();
    await this.#cleanup.stop();
    this.#stats.stop();
  }
}
