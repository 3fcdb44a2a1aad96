import { resolve } from 'node:path';
import { ownDirectory } from '../../actors/process/own-directory.js';
import type { EngineConfig } from '../../actors/protocol/config.js';
import { type InputProblem, ValidationError } from '../../actors/protocol/errors.js';
import type { ExecutionRequest, RetryPolicy } from '../../actors/protocol/execution.js';
import type { JobInput } from '../../actors/protocol/wire.js';
import type { Submission } from '../../supervisor/submission.js';
import { prepareLogDir } from '../config/log-dir.js';
import { MAX_TIMER_MS } from '../config/schema.js';
import { problemsOf } from '../problems.js';
import { randomId } from '../random-id.js';
import { lookAt } from './look-at.js';
import { resolveCommand } from './resolve-command.js';
import { requestSchema } from './schema.js';

/**
 * Checks a request and fills in the defaults.
 * @throws {ValidationError} naming every field that is wrong, what was expected and what came
 * @throws {ConfigurationError} when output is to go to files and the directory for them cannot be used
 */
export function resolveRequest(request: ExecutionRequest, config: EngineConfig): Submission {
  const parsed = requestSchema().safeParse(request);
  if (!parsed.success) throw new ValidationError(problemsOf(parsed.error, request));
  // What was checked, and not what the caller's getters say, or his objects hold, when they are asked again.
  const checked = parsed.data as ExecutionRequest;
  refuse(contradictionsOf(checked, config));
  return submissionOf(checked, config, null);
}

/**
 * Fills in the defaults of a request whose fields have been checked.
 * @throws {ValidationError} for a script or working directory that is not there
 */
export function submissionOf(request: ExecutionRequest, config: EngineConfig, planId: string | null): Submission {
  const given = request.workingDir === undefined ? null : resolve(request.workingDir);
  if (given !== null) refuse(directoryProblem(given));
  const cwd = given ?? ownDirectory();
  if (cwd === null) throw new ValidationError([NO_DIRECTORY]);
  const { program, args, env } = resolveCommand(request.command, cwd);
  const oversizedOutputStrategy = request.oversizedOutputStrategy ?? config.oversizedOutputStrategy;
  if (oversizedOutputStrategy === 'stream_to_file') readyForFiles(config);
  return {
    id: request.id ?? randomId(),
    command: request.command,
    planId,
    program,
    args,
    env: { ...request.env, ...env },
    inheritEnv: request.inheritEnv ?? true,
    cwd,
    stdin: inputOf(request.stdin),
    batch: null,
    timeoutMs: request.timeoutMs ?? config.defaultTimeoutMs,
    queueTimeoutMs: request.queueTimeoutMs ?? null,
    idleTimeoutMs: request.idleTimeoutMs ?? null,
    priority: request.priority ?? 0,
    retry: request.retry ? withDefaults(request.retry) : null,
    maxOutputSizeBytes: request.maxOutputSizeBytes ?? config.maxOutputSizeBytes,
    oversizedOutputStrategy,
    tags: request.metadata?.tags ?? {},
  };
}

/** Whatever else it ran in would be a guess. */
const NO_DIRECTORY: InputProblem = {
  path: 'workingDir',
  expected: 'a directory, for the one the app is in has been removed',
  received: 'nothing',
};

const ready = new WeakSet<EngineConfig>();

/** An engine that writes no logs has not looked at the directory before. */
function readyForFiles(config: EngineConfig): void {
  if (config.logOutput || ready.has(config)) return;
  prepareLogDir(config.logDir);
  ready.add(config);
}

function refuse(problems: InputProblem[]): void {
  if (problems.length > 0) throw new ValidationError(problems);
}

/** What is wrong with fields that are each right. */
export function contradictionsOf(
  { timeoutMs = 0, stdin, retry }: ExecutionRequest,
  config: EngineConfig,
): InputProblem[] {
  const problems: InputProblem[] = [];
  if (timeoutMs > config.maxTimeoutMs) {
    const expected = `at most maxTimeoutMs (${config.maxTimeoutMs})`;
    problems.push({ path: 'timeoutMs', expected, received: String(timeoutMs) });
  }
  if (retry && typeof stdin === 'object' && 'pipe' in stdin) {
    const expected = 'no retry together with stdin: { pipe: true }, for live input cannot be given twice';
    problems.push({ path: 'retry', expected, received: 'both' });
  }
  return problems;
}

function directoryProblem(path: string): InputProblem[] {
  const found = lookAt(path);
  if (typeof found !== 'string' && found.isDirectory()) return [];
  const received = typeof found === 'string' ? found : `something else at ${path}`;
  return [{ path: 'workingDir', expected: 'a directory that exists', received }];
}

function inputOf(stdin: ExecutionRequest['stdin']): JobInput {
  if (stdin === undefined) return { type: 'none' };
  // Bytes are copied (a Buffer's own slice would not): the caller may reuse them, and the execution may wait in the queue.
  if (stdin instanceof Uint8Array) return { type: 'data', data: new Uint8Array(stdin) };
  return typeof stdin === 'string' ? { type: 'data', data: stdin } : { type: 'pipe' };
}

function withDefaults(retry: RetryPolicy): Required<RetryPolicy> {
  const { attempts, backoffMs, factor = 1, maxBackoffMs = MAX_TIMER_MS, on = ['failed'] } = retry;
  return { attempts, backoffMs, factor, maxBackoffMs, on: [...on] };
}
