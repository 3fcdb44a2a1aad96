import type { Clock, TimerHandle } from '../kernel/clock.js';
import type { ExecutionResult, TerminalStatus } from '../protocol/execution.js';
import { describeCommand, type PlanCommand, type PlanEvent, type PlanExecutionResult } from '../protocol/plan.js';
import type { LabelOf } from './reasons.js';
import { initialState, type PlanState, type SchedulerSetup } from './scheduler.js';

/** A valid plan, as the actor needs it. */
export interface PlanWork {
  id: string;
  commands: readonly PlanCommand[];
  setup: SchedulerSetup;
  timeoutMs: number | null;
}

/** What a plan may ask of whoever runs commands. */
export interface PlanPort {
  /** Runs a command, as soon as there is a slot. Returns the id of its execution, or throws what keeps it from being run. */
  submit(request: PlanCommand): string;
  /** Ends an execution; one that has ended already is left as it is. */
  cancel(executionId: string, reason: string): void;
  publish(event: PlanEvent): void;
  /** The plan has its result; `plan_finished` is published next. */
  over(): void;
  /** What the execution of a command would have been called, for one that never becomes one. */
  identify(request: PlanCommand): { id: string; logPath: string };
  /** How many bytes of a stream of this command are kept. */
  keptBytesOf(request: PlanCommand): number;
}

/** A plan under way. */
export class PlanRun {
  readonly results: Array<ExecutionResult | undefined>;
  /** Of those that have been submitted. */
  readonly executionIds: Array<string | undefined>;
  readonly startedAt: number;
  readonly #startedMs: number;
  readonly #indices = new Map<string, number>();
  state: PlanState;
  /** How many have a result. */
  ended = 0;
  currentCommand: string | null = null;
  timer: TimerHandle | undefined;

  constructor(
    readonly work: PlanWork,
    readonly port: PlanPort,
    private readonly clock: Clock,
  ) {
    this.results = new Array(work.commands.length);
    this.executionIds = new Array(work.commands.length);
    this.startedAt = clock.now();
    this.#startedMs = clock.monotonicMs();
    this.state = initialState(work.setup);
    for (const [index, { name }] of work.commands.entries()) if (name !== undefined) this.#indices.set(name, index);
  }

  get total(): number {
    return this.work.commands.length;
  }

  command(index: number): PlanCommand {
    return this.work.commands[index] as PlanCommand;
  }

  indexOf(name: string): number | undefined {
    return this.#indices.get(name);
  }

  readonly labelOf: LabelOf = (index) => {
    const { name } = this.command(index);
    return name === undefined ? `command ${index}` : `${name} (command ${index})`;
  };

  /** What to show of one that runs. The command as it was given: what other commands wrote is not for everyone to see. */
  titleOf(index: number): string {
    const { name, command } = this.command(index);
    return name ?? describeCommand(command);
  }

  result(status: TerminalStatus): PlanExecutionResult {
    const results = this.results as ExecutionResult[];
    const stats = { total: results.length, completed: 0, failed: 0, cancelled: 0, timeout: 0 };
    for (const result of results) stats[result.status]++;
    const totalDurationMs = this.clock.monotonicMs() - this.#startedMs;
    return { planId: this.work.id, status, results, totalDurationMs, stats };
  }
}
