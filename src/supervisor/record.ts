import type { TimerHandle } from '../actors/kernel/clock.js';
import { type Deferred, deferred } from '../actors/kernel/deferred.js';
import type {
  ExecutionFilter,
  ExecutionResult,
  ExecutionStatus,
  ExecutionSummary,
} from '../actors/protocol/execution.js';
import type { AttemptOutcome } from '../actors/protocol/wire.js';
import { LiveInput } from './live-input.js';
import type { PlanStreams } from './plan-streams.js';
import { RecordStreams } from './record-streams.js';
import type { Submission } from './submission.js';
import type { WorkerLink } from './worker-link.js';

/** Where an execution stands with the admission semaphore. */
export type SlotState = 'none' | 'waiting' | 'held';

/** All the supervisor knows of one execution. Nobody else writes to it. */
export class ExecutionRecord {
  status: ExecutionStatus = 'pending';
  slot: SlotState = 'none';
  /** Counts from 1 once the first attempt is handed to a worker. */
  attempt = 0;
  pid: number | null = null;
  startedAt: number | null = null;
  startedMonotonicMs = 0;
  result: ExecutionResult | null = null;
  /** Set by the first `cancel`, before anything is done about it. */
  cancelReason: string | null = null;
  /** How the last attempt ended, while the next one has not been handed to a worker. */
  lastOutcome: AttemptOutcome | null = null;
  /** The attempt under way, and where. */
  assignment: { link: WorkerLink; ref: number } | null = null;
  /** Runs while it waits for a slot, or between two attempts. */
  timer: TimerHandle | undefined;
  /** `null` unless its standard input is live. */
  readonly input: LiveInput | null;
  /** Why the log is not whole, as its worker said. */
  logFailure: string | null = null;
  readonly streams: RecordStreams;
  #outcome: Deferred<ExecutionResult> | null = null;

  constructor(
    readonly submission: Submission,
    readonly queuedAt: number,
    readonly logPath: string,
    onInterest: (record: ExecutionRecord) => void,
    plan: PlanStreams | null = null,
  ) {
    this.input = submission.stdin.type === 'pipe' ? new LiveInput() : null;
    this.streams = new RecordStreams(() => onInterest(this), plan);
  }

  get id(): string {
    return this.submission.id;
  }

  get priority(): number {
    return this.submission.priority;
  }

  /** When it ended, for retention; 0 while it has not. */
  get completedAt(): number {
    return this.result?.completedAt ?? 0;
  }

  /** Made when first asked for. */
  get outcome(): Promise<ExecutionResult> {
    if (this.#outcome === null) {
      this.#outcome = deferred();
      if (this.result) this.#outcome.resolve(this.result);
    }
    return this.#outcome.promise;
  }

  announceOutcome(result: ExecutionResult): void {
    this.#outcome?.resolve(result);
  }

  summary(): ExecutionSummary {
    const { command, planId, tags, priority } = this.submission;
    const { id, status, attempt, pid, queuedAt, startedAt, result } = this;
    const completedAt = result?.completedAt ?? null;
    return { id, status, command, planId, tags, priority, attempt, pid, queuedAt, startedAt, completedAt };
  }

  matches({ status, planId, tags }: ExecutionFilter): boolean {
    if (status !== undefined && !([] as ExecutionStatus[]).concat(status).includes(this.status)) return false;
    if (planId !== undefined && this.submission.planId !== planId) return false;
    return Object.entries(tags ?? {}).every(([name, value]) => this.submission.tags[name] === value);
  }
}
