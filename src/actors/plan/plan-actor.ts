import type { Observable, Subscription } from 'rxjs';
import { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/clock.js';
import { runGuarded } from '../kernel/run-guarded.js';
import type { Logger } from '../protocol/config.js';
import { EngineStoppedError, EngineUnhealthyError } from '../protocol/errors.js';
import { isTerminalEvent, type Transition } from '../protocol/event.js';
import type { ExecutionResult, Failure, TerminalStatus } from '../protocol/execution.js';
import { resultOfNeverRan } from './never-ran.js';
import { type PlanPort, PlanRun, type PlanWork } from './plan-run.js';
import { failureOf, reasonOf } from './reasons.js';
import { schedule } from './scheduler.js';
import type { SchedulerCommand, SchedulerEvent, StopCause } from './scheduler-messages.js';
import { substitute } from './substitute.js';

type PlanMessage =
  /** What the scheduler is to know next. */
  | { type: 'event'; run: PlanRun; event: Exclude<SchedulerEvent, { type: 'ended' }> }
  /** A process of the plan runs. */
  | { type: 'started'; run: PlanRun; index: number }
  /** A command of the plan has a result. */
  | { type: 'ended'; run: PlanRun; index: number; result: ExecutionResult }
  /** What the scheduler wants done; one by one, so that thousands do not hold the thread. */
  | { type: 'command'; run: PlanRun; command: SchedulerCommand };

/** The means to end a plan that is under way. */
export interface RunningPlan {
  stop(cause: Exclude<StopCause, { type: 'failure' }>): void;
}

/** Runs plans: hears of executions from the event stream, asks the scheduler what follows, and submits through each plan's port. */
export class PlanActor extends Actor<PlanMessage> {
  readonly #executions = new Map<string, { run: PlanRun; index: number }>();
  readonly #subscription: Subscription;

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
    transitions$: Observable<Transition>,
  ) {
    super();
    this.#subscription = transitions$.subscribe((transition) => this.#hear(transition));
  }

  /** Begins after the caller's current synchronous code. */
  execute(work: PlanWork, port: PlanPort): RunningPlan {
    const run = new PlanRun(work, port, this.clock);
    const stop: RunningPlan['stop'] = (cause) =>
      this.tellControl({ type: 'event', run, event: { type: 'stop', cause } });
    const { timeoutMs } = work;
    if (timeoutMs !== null) {
      run.timer = this.clock.setTimeout(() => stop({ type: 'timeout', timeoutMs }), timeoutMs);
    }
    this.tell({ type: 'event', run, event: { type: 'begin' } });
    return { stop };
  }

  stop(): void {
    this.#subscription.unsubscribe();
    this.terminate();
  }

  protected override receive(message: PlanMessage): void {
    const { run } = message;
    switch (message.type) {
      case 'event':
        if (message.event.type === 'begin') this.#announce(run);
        return this.#schedule(run, message.event);
      case 'started':
        run.currentCommand = run.titleOf(message.index);
        return this.#progress(run);
      case 'ended':
        return this.#ended(run, message.index, message.result);
      case 'command':
        return this.#carryOut(run, message.command);
    }
  }

  protected override onDeadLetter(): void {}

  protected override onFailure(error: unknown, { type, run }: PlanMessage): void {
    const details = { err: error, message: type, planId: run.work.id };
    runGuarded(() => this.logger.error(details, 'the plan actor failed to handle a message'));
  }

  /** In the stack of whoever publishes: it only notes what happened. */
  #hear({ event }: Transition): void {
    const execution = this.#executions.get(event.executionId);
    if (!execution) return;
    if (event.type === 'started') this.tell({ type: 'started', ...execution });
    if (!isTerminalEvent(event)) return;
    this.#executions.delete(event.executionId);
    this.tell({ type: 'ended', ...execution, result: event.result });
  }

  #schedule(run: PlanRun, event: SchedulerEvent): void {
    const { state, commands } = schedule(run.state, event);
    run.state = state;
    for (const command of commands) this.tell({ type: 'command', run, command });
  }

  #carryOut(run: PlanRun, command: SchedulerCommand): void {
    switch (command.type) {
      case 'start':
        return this.#start(run, command.index);
      case 'cancel':
        return this.#cancel(run, command.index, command.cause);
      case 'skip':
        this.#note(run, command.index, 'cancelled', failureOf(command.because, run.labelOf));
        return this.#progress(run);
      case 'finish':
        return this.#finish(run, command.status);
    }
  }

  #start(run: PlanRun, index: number): void {
    if (run.state.board.stopped !== null) return this.#refuseStopped(run, index);
    const request = substitute(run, index);
    if ('code' in request) {
      return this.#refuse(run, index, request.code === 'DEPENDENCY_FAILED' ? 'cancelled' : 'failed', request);
    }
    try {
      const id = run.port.submit(request);
      run.executionIds[index] = id;
      this.#executions.set(id, { run, index });
    } catch (error) {
      this.#refused(run, index, error);
    }
  }

  /** One that is about to start will find the plan stopped. */
  #cancel(run: PlanRun, index: number, cause: StopCause): void {
    const id = run.executionIds[index];
    if (id !== undefined) run.port.cancel(id, reasonOf(cause, run.labelOf));
  }

  /** The engine would not have it. */
  #refused(run: PlanRun, index: number, error: unknown): void {
    const { message } = error as Error;
    if (error instanceof EngineStoppedError) {
      this.#schedule(run, { type: 'stop', cause: { type: 'engine_stopped' } });
      return this.#refuseStopped(run, index);
    }
    const code = error instanceof EngineUnhealthyError ? 'ENGINE_UNHEALTHY' : 'SPAWN_FAILED';
    this.#refuse(run, index, 'failed', { code, message });
  }

  /** The plan was stopped between the decision to start it and now. */
  #refuseStopped(run: PlanRun, index: number): void {
    const cause = run.state.board.stopped as StopCause;
    this.#refuse(run, index, 'cancelled', failureOf({ type: 'stopped', cause }, run.labelOf));
  }

  /** One that the scheduler believes to run ends without having been handed over. */
  #refuse(run: PlanRun, index: number, status: TerminalStatus, error: Failure): void {
    this.#note(run, index, status, error);
    this.#progress(run);
    this.#schedule(run, { type: 'ended', index, ok: false });
  }

  #ended(run: PlanRun, index: number, result: ExecutionResult): void {
    run.results[index] = result;
    run.ended++;
    this.#progress(run);
    this.#schedule(run, { type: 'ended', index, ok: result.status === 'completed' });
  }

  /** Makes a result for one that never ran. */
  #note(run: PlanRun, index: number, status: TerminalStatus, error: Failure): void {
    const neverRan = {
      ...run.port.identify(run.command(index)),
      queuedAt: run.startedAt,
      completedAt: this.clock.now(),
    };
    run.results[index] = resultOfNeverRan(neverRan, status, error);
    run.ended++;
  }

  #announce({ work, port, total }: PlanRun): void {
    port.publish({ type: 'plan_started', timestamp: this.clock.now(), planId: work.id, total });
  }

  #progress({ work, port, ended: completed, total, currentCommand }: PlanRun): void {
    const planId = work.id;
    port.publish({ type: 'progress', timestamp: this.clock.now(), planId, completed, total, currentCommand });
  }

  #finish(run: PlanRun, status: TerminalStatus): void {
    this.clock.clearTimeout(run.timer);
    const result = run.result(status);
    run.port.over();
    run.port.publish({ type: 'plan_finished', timestamp: this.clock.now(), planId: run.work.id, result });
  }
}
