import { z } from 'zod';
import { ValidationError } from '../actors/protocol/errors.js';
import type { ExecutionFilter, ExecutionStatus } from '../actors/protocol/execution.js';
import { once } from './once.js';
import { problemsOf } from './problems.js';

const STATUSES = [
  'pending',
  'running',
  'completed',
  'failed',
  'cancelled',
  'timeout',
] as const satisfies readonly ExecutionStatus[];

const schema = once(() => {
  const error = `one of ${STATUSES.map((status) => `'${status}'`).join(', ')}`;
  const status = z.enum(STATUSES, { error });
  return z.strictObject(
    {
      status: z.union([status, z.array(status)], { error: `${error}, or an array of these` }).optional(),
      planId: z.string({ error: 'a string' }).optional(),
      tags: z.record(z.string(), z.string({ error: 'a string' }), { error: 'an object of strings' }).optional(),
      limit: z.int({ error: 'a whole number from 0' }).min(0, { error: 'a whole number from 0' }).optional(),
    },
    { error: "an object such as { status: 'running', limit: 10 }" },
  );
});

/** The filter as it was given. @throws {ValidationError} for one that is none, for nothing would match what is misspelt */
export function checkedFilter(filter: ExecutionFilter): ExecutionFilter {
  const parsed = schema().safeParse(filter);
  if (!parsed.success) throw new ValidationError(problemsOf(parsed.error, filter));
  return filter;
}
