import { configFromEnv, type EngineConfig } from '../index.js';
import { LONGEST_MS } from './text/parse-duration.js';

export interface EngineOptions {
  /** How many commands may run at once. */
  jobs?: number;
  /** Where logs go; without it there are none. */
  logDir?: string;
}

/**
 * The engine's settings: the command's own defaults, then `EXECRX_…` variables, then options. On the command line nothing ends a command for the
 * time it takes unless it is asked to.
 * @throws {ConfigurationError} for a variable that is unknown or cannot be parsed
 */
export function engineConfig(
  { jobs, logDir }: EngineOptions,
  env: Readonly<Record<string, string | undefined>>,
  defaults: Partial<EngineConfig> = {},
): Partial<EngineConfig> {
  const fromEnv = configFromEnv(env);
  return {
    maxTimeoutMs: LONGEST_MS,
    defaultTimeoutMs: fromEnv.maxTimeoutMs ?? LONGEST_MS,
    logOutput: false,
    ...defaults,
    ...fromEnv,
    ...(jobs === undefined ? {} : { maxConcurrentExecutions: jobs }),
    ...(logDir === undefined ? {} : { logDir, logOutput: true }),
  };
}
