import { z } from 'zod/mini';
import type { EngineConfig } from '../../actors/protocol/config.js';
import { once } from '../once.js';

/** The longest delay a Node timer takes, about 24.8 days. */
export const MAX_TIMER_MS = 2_147_483_647;

export function wholeNumber(min: number, max: number) {
  const message = `a whole number from ${min} to ${max}`;
  // `abort`: one complaint is enough of a number that is neither whole nor in range.
  return z
    .int({ error: message, abort: true })
    .check(z.minimum(min, { error: message }), z.maximum(max, { error: message }));
}

const FROM_ZERO = { error: 'a whole number from 0' };
export const fromZero = () => z.int(FROM_ZERO).check(z.minimum(0, FROM_ZERO));

export const milliseconds = (min: number) => wholeNumber(min, MAX_TIMER_MS);
export const bytes = (min: number) => wholeNumber(min, Number.MAX_SAFE_INTEGER);
const seconds = () => wholeNumber(0, 1_000_000_000);
export const oneOf = (values: readonly string[]) => `one of ${values.map((value) => `'${value}'`).join(', ')}`;
export const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: oneOf(values) });
const AT_LEAST_ONE = { error: 'a number of at least 1' };
export const atLeastOne = () => z.number(AT_LEAST_ONE).check(z.minimum(1, AT_LEAST_ONE));

const flag = () => z.boolean({ error: 'true or false' });

/** A string is kept in memory whole; V8's longest is 512 MiB. */
export const MAX_KEPT_BYTES = 536_870_888;
export const keptBytes = () => wholeNumber(0, MAX_KEPT_BYTES);

export const oversizedOutputStrategy = () => choice(['truncate_with_warning', 'fail_execution', 'stream_to_file']);

const logMethod = () =>
  z.custom<(details: object, message: string) => void>((value) => typeof value === 'function', {
    error: 'a function',
  });

export const configFields = once(
  () =>
    ({
      defaultTimeoutMs: milliseconds(1),
      maxTimeoutMs: milliseconds(1),
      streamOutput: flag(),
      logDir: z.string({ error: 'a path' }).check(
        z.minLength(1, { error: 'a path' }),
        z.refine((path) => !path.includes('\0'), { error: 'a path' }),
      ),
      logOutput: flag(),
      maxLogSizeBytes: bytes(0),
      logRetentionSecs: seconds(),
      maxConcurrentExecutions: wholeNumber(1, 1_000_000),
      admission: choice(['queue', 'reject']),
      maxQueuedExecutions: wholeNumber(0, 100_000_000),
      maxInMemoryExecutions: wholeNumber(0, 100_000_000),
      executionRetentionSecs: seconds(),
      enableAutoCleanup: flag(),
      cleanupIntervalMs: milliseconds(1),
      maxOutputSizeBytes: keptBytes(),
      oversizedOutputStrategy: oversizedOutputStrategy(),
      maxLineBytes: wholeNumber(8, 16_777_216),
      killGraceMs: milliseconds(0),
      drainTimeoutMs: milliseconds(0),
      workerThreads: wholeNumber(1, 256),
      spawner: choice(['auto', 'thread', 'launcher']),
      logger: z.looseObject(
        { debug: logMethod(), info: logMethod(), warn: logMethod(), error: logMethod() },
        { error: 'an object with the methods debug, info, warn and error' },
      ),
    }) satisfies Record<keyof EngineConfig, z.ZodMiniType>,
);

export const configSchema = once(() => z.partial(z.strictObject(configFields(), { error: 'an object' })));
