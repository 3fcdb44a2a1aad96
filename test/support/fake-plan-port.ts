import type { Subject } from 'rxjs';
import type { PlanActor, RunningPlan } from '#dist/actors/plan/plan-actor.js';
import type { PlanPort, PlanWork } from '#dist/actors/plan/plan-run.js';
import { schemeOf } from '#dist/actors/plan/strategy.js';
import type { Transition } from '#dist/actors/protocol/event.js';
import type { ExecutionResult, TerminalStatus } from '#dist/actors/protocol/execution.js';
import type { ExecutionStrategy, PlanCommand, PlanEvent, PlanExecutionResult } from '#dist/actors/protocol/plan.js';
import { resultWith } from './protocol.js';

export function workOf(strategy: ExecutionStrategy, commands: PlanCommand[], fields: Partial<PlanWork> = {}): PlanWork {
  const { scheme } = schemeOf(strategy, commands.length);
  const priorityOf = (index: number) => commands[index]?.priority ?? 0;
  return { id: 'plan', commands, setup: { ...scheme, priorityOf }, timeoutMs: null, ...fields };
}

/** Commands that are told apart by their one argument, their index. */
export function numbered(size: number): PlanCommand[] {
  return Array.from({ length: size }, (_, index) => ({
    command: { type: 'exec', program: 'do', args: [String(index)] },
  }));
}

/** Runs nothing: keeps what a plan asks for, and lets a test end each execution as it likes. The id of an execution is its command in words. */
export class FakePlanPort implements PlanPort {
  readonly submitted: PlanCommand[] = [];
  readonly running = new Set<string>();
  readonly cancelled = new Map<string, string>();
  readonly events: PlanEvent[] = [];
  /** What `submit` throws, if anything. */
  refusal: ((id: string) => unknown) | null = null;
  overs = 0;

  constructor(private readonly transitions$: Subject<Transition>) {}

  start(actor: PlanActor, work: PlanWork): RunningPlan {
    return actor.execute(work, this);
  }

  submit(request: PlanCommand): string {
    const { id } = this.identify(request);
    const refused = this.refusal?.(id);
    if (refused) throw refused;
    this.submitted.push(request);
    this.running.add(id);
    return id;
  }

  cancel(executionId: string, reason: string): void {
    this.cancelled.set(executionId, reason);
  }

  publish(event: PlanEvent): void {
    this.events.push(event);
  }

  over(): void {
    this.overs++;
  }

  identify({ command, name }: PlanCommand): { id: string; logPath: string } {
    const id = name ?? (command.type === 'exec' ? (command.args ?? []).join(' ') : command.type);
    return { id, logPath: `/logs/${id}.log` };
  }

  keptBytesOf({ maxOutputSizeBytes = 1_000 }: PlanCommand): number {
    return maxOutputSizeBytes;
  }

  started(id: string): void {
    const command = { type: 'exec', program: 'do' } as const;
    const event = { type: 'started', timestamp: 0, executionId: id, pid: 1, command, attempt: 1 } as const;
    this.transitions$.next({ event, from: 'pending', to: 'running' });
  }

  ended(id: string, status: TerminalStatus = 'completed', fields: Partial<ExecutionResult> = {}): void {
    this.running.delete(id);
    const error = status === 'completed' ? null : ({ code: 'EXIT_NON_ZERO', message: 'it failed' } as const);
    const result = resultWith({ id, status, error, ...fields });
    const event = { type: status, timestamp: 0, executionId: id, result, error, reason: '' } as Transition['event'];
    this.transitions$.next({ event, from: 'running', to: status });
  }

  get result(): PlanExecutionResult | null {
    const last = this.events.at(-1);
    return last?.type === 'plan_finished' ? last.result : null;
  }
}
