import { z } from 'zod/mini';
import { ValidationError } from '../actors/protocol/errors.js';
import type { ExecutionFilter, ExecutionStatus } from '../actors/protocol/execution.js';
import { choice, fromZero, oneOf } from './config/schema.js';
import { once } from './once.js';
import { problemsOf } from './problems.js';
import { tags } from './request/schema.js';

const STATUSES = [
  'pending',
  'running',
  'completed',
  'failed',
  'cancelled',
  'timeout',
] as const satisfies readonly ExecutionStatus[];

const schema = once(() => {
  const status = choice(STATUSES);
  return z.strictObject(
    {
      status: z.optional(z.union([status, z.array(status)], { error: `${oneOf(STATUSES)}, or an array of these` })),
      planId: z.optional(z.string({ error: 'a string' })),
      tags: z.optional(tags()),
      limit: z.optional(fromZero()),
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
