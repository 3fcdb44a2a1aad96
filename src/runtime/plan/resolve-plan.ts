import { duplicateProblems, planProblems } from '../../actors/plan/check-plan.js';
import type { PlanWork } from '../../actors/plan/plan-run.js';
import { schemeOf } from '../../actors/plan/strategy.js';
import type { EngineConfig } from '../../actors/protocol/config.js';
import { type InputProblem, ValidationError } from '../../actors/protocol/errors.js';
import type { ExecutionPlan, PlanCommand } from '../../actors/protocol/plan.js';
import { problemsOf } from '../problems.js';
import { randomId } from '../random-id.js';
import { contradictionsOf } from '../request/resolve-request.js';
import { planSchema } from './schema.js';

/** More would help nobody. */
const PROBLEMS_SHOWN = 100;

/**
 * Checks a plan and makes a copy of it: its commands are submitted later, and what the caller does to his objects meanwhile is his affair.
 * Nothing is looked up in the file system, for one command may make what another needs.
 * @throws {ValidationError} naming everything that is wrong
 */
export function resolvePlan(
  plan: ExecutionPlan,
  config: EngineConfig,
  isTaken: (executionId: string) => boolean,
): PlanWork {
  const parsed = planSchema().safeParse(plan);
  if (!parsed.success) throw invalid(problemsOf(parsed.error, plan));
  const { id = randomId(), strategy, commands, timeoutMs = null, metadata } = parsed.data as ExecutionPlan;
  const { scheme, problems } = schemeOf(strategy, commands.length);
  problems.push(...duplicateProblems(commands));
  for (const [index, command] of commands.entries()) {
    for (const { path, ...rest } of ownProblems(command, config, isTaken)) {
      problems.push({ path: `commands[${index}].${path}`, ...rest });
    }
  }
  refuse(problems);
  refuse(planProblems(commands, scheme.graph));

  for (const command of commands) complete(command, metadata);
  const limit = Math.min(scheme.limit, config.maxConcurrentExecutions);
  const priorityOf = (index: number) => commands[index]?.priority ?? 0;
  return { id, commands, setup: { ...scheme, limit, priorityOf }, timeoutMs };
}

/** In place: the command is a copy already. */
function complete(command: PlanCommand, metadata: ExecutionPlan['metadata']): void {
  if (command.stdin instanceof Uint8Array) command.stdin = new Uint8Array(command.stdin);
  if (metadata) command.metadata ??= metadata;
}

function ownProblems(
  command: PlanCommand,
  config: EngineConfig,
  isTaken: (executionId: string) => boolean,
): InputProblem[] {
  const problems = contradictionsOf(command, config);
  if (command.id !== undefined && isTaken(command.id)) {
    problems.push({ path: 'id', expected: 'an id that is not in use', received: `'${command.id}'` });
  }
  if (typeof command.stdin === 'object' && 'pipe' in command.stdin) {
    const expected = 'text or bytes, for nobody could feed a live input: a plan gives no handle to its executions';
    problems.push({ path: 'stdin', expected, received: '{ pipe: true }' });
  }
  return problems;
}

function refuse(problems: InputProblem[]): void {
  if (problems.length > 0) throw invalid(problems);
}

function invalid(problems: InputProblem[]): ValidationError {
  const left = problems.length - PROBLEMS_SHOWN;
  if (left <= 0) return new ValidationError(problems);
  const rest = { path: '', expected: 'a plan without mistakes', received: `${left} more` };
  return new ValidationError([...problems.slice(0, PROBLEMS_SHOWN), rest]);
}
