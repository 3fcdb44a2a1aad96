import type { Clock } from '../actors/kernel/clock.js';
import type { EngineConfig } from '../actors/protocol/config.js';
import {
  ConcurrencyLimitReachedError,
  EngineStoppedError,
  QueueFullError,
  ValidationError,
} from '../actors/protocol/errors.js';
import type { LifecycleEvent } from '../actors/protocol/event.js';
import { type ExecutionResult, type ExecutionStatus, type Failure, isTerminal } from '../actors/protocol/execution.js';
import type { AttemptEvent, AttemptOutcome } from '../actors/protocol/wire.js';
import type { Admission, Admittance } from './admission.js';
import type { Dispatcher } from './dispatcher.js';
import { logPathOf } from './job.js';
import type { PlanStreams } from './plan-streams.js';
import type { Publisher } from './publisher.js';
import { ExecutionRecord } from './record.js';
import type { Registry } from './registry.js';
import { resultOf, resultWithoutReport, retryDelayMs, terminalEventOf } from './results.js';
import type { Submission } from './submission.js';
import type { WorkerLink } from './worker-link.js';

/** Timers and second thoughts, sent back to the supervisor as messages. */
export interface LifecyclePort {
  queueExpired(record: ExecutionRecord): void;
  retryDue(record: ExecutionRecord): void;
  /** Someone who waited holds a permit now. */
  permitGranted(): void;
  deadLetter(executionId: string | null, message: string, reason: string): void;
}

/** The life of executions, from submission to the one terminal event: every change of a record is made here. */
export class ExecutionLifecycle {
  constructor(
    private readonly config: EngineConfig,
    private readonly clock: Clock,
    private readonly registry: Registry,
    private readonly admission: Admission<ExecutionRecord>,
    private readonly dispatcher: Dispatcher,
    private readonly publisher: Publisher,
    private readonly port: LifecyclePort,
  ) {}

  /** Admits, queues or refuses; what belongs to a plan was admitted with it, and is not refused for want of room. */
  submit(submission: Submission, plan: PlanStreams | null = null): ExecutionRecord {
    const { registry } = this;
    if (plan === null ? registry.isTaken(submission.id) : registry.has(submission.id)) {
      throw new ValidationError([{ path: 'id', expected: 'an id that is not in use', received: `'${submission.id}'` }]);
    }
    const logPath = logPathOf(this.config.logDir, submission.id);
    const onInterest = (of: ExecutionRecord) => this.#updateListening(of);
    const record = new ExecutionRecord(submission, this.clock.now(), logPath, onInterest, plan);
    this.#admit(record, plan === null ? this.admission.enter(record) : this.admission.join(record));
    registry.add(record);
    this.#publish(record, { type: 'queued', timestamp: record.queuedAt, executionId: record.id }, null);
    return record;
  }

  cancel(record: ExecutionRecord, reason: string, error: Failure): void {
    if (isTerminal(record.status)) {
      return this.port.deadLetter(record.id, 'cancel', `the execution had already ended (${record.status})`);
    }
    record.cancelReason ??= reason;
    if (record.assignment) {
      const { link, ref } = record.assignment;
      const cause = error.code === 'ENGINE_STOPPED' ? 'stop' : 'cancel';
      link.send({ type: 'terminate', ref, cause });
    } else {
      this.endWithoutReport(record, 'cancelled', { ...error, message: record.cancelReason });
    }
  }

  /** It has waited for a slot as long as it may. */
  expire(record: ExecutionRecord): void {
    if (record.slot !== 'waiting') return;
    const { queueTimeoutMs } = record.submission;
    this.endWithoutReport(record, 'timeout', {
      code: 'QUEUE_TIMEOUT',
      message: `No slot became free within ${queueTimeoutMs} ms`,
    });
  }

  /** Asks for a slot again, ahead of later arrivals of the same priority only by the order of asking. */
  retry(record: ExecutionRecord): void {
    if (isTerminal(record.status)) return;
    if (this.admission.reenter(record) === 'granted') this.#hold(record);
    else this.#wait(record);
  }

  onWorkerEvent(link: WorkerLink, event: AttemptEvent): void {
    const record = this.dispatcher.recordOf(event.ref);
    if (event.type === 'undeliverable') {
      return this.port.deadLetter(record?.id ?? null, event.input, 'the attempt had already ended');
    }
    if (!record) return this.port.deadLetter(null, event.type, 'no such attempt');
    const base = { executionId: record.id };
    switch (event.type) {
      case 'output':
      case 'chunk':
      case 'items':
        return this.publisher.output(record, link, event);
      case 'started':
        return this.#started(record, event.pid, event.at);
      case 'truncated': {
        const limitBytes = record.submission.maxOutputSizeBytes;
        const truncated = {
          type: 'output_truncated',
          ...base,
          timestamp: event.at,
          stream: event.stream,
          limitBytes,
        } as const;
        return this.#publish(record, truncated, record.status);
      }
      case 'input_taken':
        return record.input?.taken(event.sequence);
      case 'ended':
        return this.#ended(record, event.outcome);
    }
  }

  /** Ends an execution of which no worker reports the end. */
  endWithoutReport(record: ExecutionRecord, status: 'cancelled' | 'timeout' | 'failed', error: Failure): void {
    const { clock } = this;
    this.#finish(record, resultWithoutReport(record, status, error, clock.now(), clock.monotonicMs()));
  }

  #admit(record: ExecutionRecord, admittance: Admittance): void {
    switch (admittance) {
      case 'granted':
        return this.#hold(record);
      case 'queued':
        return this.#wait(record);
      case 'limit_reached':
        throw new ConcurrencyLimitReachedError(this.config.maxConcurrentExecutions);
      case 'queue_full':
        throw new QueueFullError(this.config.maxQueuedExecutions);
    }
  }

  #hold(record: ExecutionRecord): void {
    this.clock.clearTimeout(record.timer);
    record.slot = 'held';
    this.dispatcher.enqueue(record);
    this.port.permitGranted();
  }

  #wait(record: ExecutionRecord): void {
    record.slot = 'waiting';
    const { queueTimeoutMs } = record.submission;
    if (queueTimeoutMs !== null) {
      record.timer = this.clock.setTimeout(() => this.port.queueExpired(record), queueTimeoutMs);
    }
  }

  #leaveSlot(record: ExecutionRecord): void {
    const { slot } = record;
    record.slot = 'none';
    this.clock.clearTimeout(record.timer);
    this.dispatcher.release(record);
    if (slot === 'waiting') this.admission.leave(record);
    if (slot !== 'held') return;
    const next = this.admission.release();
    if (next) this.#hold(next);
  }

  #started(record: ExecutionRecord, pid: number, at: number): void {
    const from = record.status;
    record.status = 'running';
    record.pid = pid;
    if (record.startedAt === null) {
      record.startedAt = at;
      record.startedMonotonicMs = this.clock.monotonicMs() - Math.max(0, this.clock.now() - at);
    }
    const { command } = record.submission;
    const { id: executionId, attempt } = record;
    this.#publish(record, { type: 'started', timestamp: at, executionId, pid, command, attempt }, from);
  }

  #ended(record: ExecutionRecord, outcome: AttemptOutcome): void {
    record.logFailure ??= outcome.logFailure;
    const delayMs =
      record.cancelReason === null ? retryDelayMs(record.submission.retry, record.attempt, outcome) : null;
    if (delayMs === null) return this.#finish(record, resultOf(record, outcome, this.clock.monotonicMs()));

    const from = record.status;
    record.status = 'pending';
    record.lastOutcome = outcome;
    this.#leaveSlot(record);
    record.timer = this.clock.setTimeout(() => this.port.retryDue(record), delayMs);
    const { id: executionId } = record;
    const attempt = record.attempt + 1;
    this.#publish(record, { type: 'retrying', timestamp: outcome.endedAt, executionId, attempt, delayMs }, from);
  }

  #finish(record: ExecutionRecord, result: ExecutionResult): void {
    const from = record.status;
    record.status = result.status;
    record.result = result;
    this.#leaveSlot(record);
    this.registry.markFinished(record);
    record.input?.close();
    this.#publish(record, terminalEventOf(result), from);
  }

  #publish(record: ExecutionRecord, event: LifecycleEvent, from: ExecutionStatus | null): void {
    this.publisher.lifecycle(record, { event, from, to: record.status });
  }

  #updateListening(record: ExecutionRecord): void {
    if (!record.assignment || !this.config.streamOutput) return;
    const { link, ref } = record.assignment;
    link.send({ type: 'listen', ref, mask: record.streams.listenMask });
  }
}

/** What an execution that the engine's stop has ended says of itself. */
export const STOPPED: Failure = { code: 'ENGINE_STOPPED', message: new EngineStoppedError().message };
