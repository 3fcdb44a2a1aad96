import { z } from 'zod/mini';
import { ValidationError } from '../actors/protocol/errors.js';
import { fromZero } from './config/schema.js';
import { once } from './once.js';
import { problemsOf } from './problems.js';

export interface StopOptions {
  /** How long running and queued work may go on by itself before it is ended, in milliseconds. @default 0 */
  drainMs?: number;
}

const schema = once(() => {
  return z.strictObject({ drainMs: z.optional(fromZero()) }, { error: 'an object such as { drainMs: 5000 }' });
});

/** @throws {ValidationError} */
export function drainMsOf(options: StopOptions): number {
  const parsed = schema().safeParse(options);
  if (!parsed.success) throw new ValidationError(problemsOf(parsed.error, options));
  return parsed.data.drainMs ?? 0;
}
