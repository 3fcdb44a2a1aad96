import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { EngineConfig, Logger } from '../../actors/protocol/config.js';
import { ConfigurationError } from '../../actors/protocol/errors.js';
import { problemsOf } from '../problems.js';
import { defaultLogDir, prepareLogDir } from './log-dir.js';
import { configSchema } from './schema.js';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export function defaultConfig(): EngineConfig {
  return {
    defaultTimeoutMs: 300_000,
    maxTimeoutMs: 3_600_000,
    streamOutput: true,
    logDir: defaultLogDir(),
    logOutput: true,
    maxLogSizeBytes: 104_857_600,
    logRetentionSecs: 86_400,
    maxConcurrentExecutions: 100,
    admission: 'queue',
    maxQueuedExecutions: 10_000,
    maxInMemoryExecutions: 1_000,
    executionRetentionSecs: 3_600,
    enableAutoCleanup: true,
    cleanupIntervalMs: 300_000,
    maxOutputSizeBytes: 10_485_760,
    oversizedOutputStrategy: 'truncate_with_warning',
    maxLineBytes: 65_536,
    killGraceMs: 5_000,
    drainTimeoutMs: 1_000,
    workerThreads: Math.min(4, availableParallelism()),
    spawner: 'auto',
    logger: silent,
  };
}

/**
 * Checks a configuration, fills in the defaults and makes the log directory.
 * @throws {ConfigurationError} naming every field that is unknown, of the wrong type or in contradiction with another
 */
export function resolveConfig(options?: Partial<EngineConfig>): Readonly<EngineConfig> {
  const checked = options === undefined ? {} : checkedOptions(options);
  const given = Object.fromEntries(Object.entries(checked).filter(([, value]) => value !== undefined));
  const config: EngineConfig = { ...defaultConfig(), ...given };
  // A ceiling alone is no contradiction: it lowers a default that nobody asked for.
  if (given.defaultTimeoutMs === undefined) {
    config.defaultTimeoutMs = Math.min(config.defaultTimeoutMs, config.maxTimeoutMs);
  }
  const { defaultTimeoutMs, maxTimeoutMs } = config;
  if (defaultTimeoutMs > maxTimeoutMs) {
    const expected = `at most maxTimeoutMs (${maxTimeoutMs})`;
    throw new ConfigurationError([{ path: 'defaultTimeoutMs', expected, received: String(defaultTimeoutMs) }]);
  }
  config.logDir = resolve(config.logDir);
  if (config.logOutput || config.oversizedOutputStrategy === 'stream_to_file') prepareLogDir(config.logDir);
  return Object.freeze(config);
}

/** What was checked, and not what getters say when they are asked again; but for the logger, whose methods are its own. */
function checkedOptions(options: Partial<EngineConfig>): Partial<EngineConfig> {
  const parsed = configSchema().safeParse(options);
  if (!parsed.success) throw new ConfigurationError(problemsOf(parsed.error, options));
  return { ...(parsed.data as Partial<EngineConfig>), logger: options.logger };
}
