import type { ExecutionResult, FailureCode, TerminalStatus } from '#lib/actors/protocol/execution.js';
import type { ExecutionPlan, ExecutionStrategy, PlanCommand, PlanStats } from '#lib/actors/protocol/plan.js';
import type { RunReport } from '#lib/cli/report/run-report.js';
import { resultWith } from './protocol.js';

/** The start of all plans made here: 2026-03-01, 09:30 UTC. */
export const PLAN_STARTED_AT = Date.UTC(2026, 2, 1, 9, 30);

export function planOf(strategy: ExecutionStrategy, ...commands: Array<string | PlanCommand>): ExecutionPlan {
  return { strategy, commands: commands.map((command) => (typeof command === 'string' ? named(command) : command)) };
}

export function named(name: string): PlanCommand {
  return { name, command: { type: 'exec', program: 'make', args: [name] } };
}

export function shellCommand(command: string): PlanCommand {
  return { command: { type: 'shell', command } };
}

/** The result of a command that ran from one time to another, in milliseconds from the start of its plan; queued as it started. */
export function ran(fromMs: number, toMs: number, fields: Partial<ExecutionResult> = {}): ExecutionResult {
  const startedAt = PLAN_STARTED_AT + fromMs;
  return resultWith({
    queuedAt: startedAt,
    startedAt,
    completedAt: PLAN_STARTED_AT + toMs,
    durationMs: toMs - fromMs,
    ...fields,
  });
}

export function neverRan(atMs: number, code: FailureCode = 'DEPENDENCY_FAILED'): ExecutionResult {
  const at = PLAN_STARTED_AT + atMs;
  const error = { code, message: 'It depends on test, which did not complete' };
  const times = { queuedAt: at, startedAt: null, completedAt: at, durationMs: 0 };
  return resultWith({ status: 'cancelled', exitCode: null, pid: null, attempts: 0, ...times, error });
}

/** The fields of a command that failed with this code. */
export function failedWith(code: FailureCode, message = `it failed: ${code}`): Partial<ExecutionResult> {
  const exitCode = code === 'EXIT_NON_ZERO' ? 2 : null;
  return { status: code.endsWith('TIMEOUT') ? 'timeout' : 'failed', exitCode, error: { code, message } };
}

/** As long as its longest command says, unless said otherwise. */
export function reportOf(
  plan: ExecutionPlan,
  results: ExecutionResult[],
  {
    title = 'A plan',
    status = statusOf(results),
    logged = true,
  }: Partial<RunReport> & { status?: TerminalStatus } = {},
): RunReport {
  const totalDurationMs = Math.max(...results.map(({ completedAt }) => completedAt - PLAN_STARTED_AT));
  const result = { planId: 'a plan id', status, results, totalDurationMs, stats: statsOf(results) };
  return { title, plan, result, startedAt: PLAN_STARTED_AT, logged, version: '1.2.3' };
}

function statusOf(results: readonly ExecutionResult[]): TerminalStatus {
  return results.every(({ status }) => status === 'completed') ? 'completed' : 'failed';
}

function statsOf(results: readonly ExecutionResult[]): PlanStats {
  const stats = { total: results.length, completed: 0, failed: 0, cancelled: 0, timeout: 0 };
  for (const { status } of results) stats[status]++;
  return stats;
}
