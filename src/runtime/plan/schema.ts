import { z } from 'zod/mini';
import type { ExecutionPlan, PlanCommand } from '../../actors/protocol/plan.js';
import { milliseconds, wholeNumber } from '../config/schema.js';
import { once } from '../once.js';
import { metadata, requestFields } from '../request/schema.js';

export const planSchema = once(() => {
  const flag = z.optional(z.boolean({ error: 'true or false' }));
  const maxConcurrency = z.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER));

  /** Its entries are looked at where the graph is built. */
  const dependencies = z.custom<Record<number, number[]>>(
    (value) => typeof value === 'object' && value !== null && !(value instanceof Map),
    { error: 'an object of indices: { 2: [0, 1] } for a command 2 that depends on 0 and 1' },
  );

  const strategy = z.discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('serial'), stopOnError: flag }),
      z.strictObject({ type: z.literal('parallel'), maxConcurrency, stopOnError: flag }),
      z.strictObject({
        type: z.literal('dependency_graph'),
        dependencies,
        maxConcurrency,
        onFailure: z.optional(z.enum(['skip_dependents', 'stop'], { error: "'skip_dependents' or 'stop'" })),
      }),
    ],
    { error: "a strategy: { type: 'serial' | 'parallel' | 'dependency_graph', … }" },
  );

  const name = z.optional(
    z.string({ error: 'a name' }).check(z.regex(/^[A-Za-z0-9_-]+$/, { error: 'a name of letters, digits, _ and -' })),
  );

  const commandSchema = z.strictObject(
    { ...requestFields(), name } satisfies Record<keyof PlanCommand, z.ZodMiniType>,
    {
      error: 'an object with a command',
    },
  );

  const fields = {
    id: requestFields().id,
    description: z.optional(z.string({ error: 'a string' })),
    strategy,
    commands: z
      .array(commandSchema, { error: 'an array of requests' })
      .check(z.minLength(1, { error: 'at least one command' })),
    timeoutMs: z.optional(milliseconds(1)),
    metadata: z.optional(metadata()),
  } satisfies Record<keyof ExecutionPlan, z.ZodMiniType>;

  return z.strictObject(fields, { error: 'an object with a strategy and commands' });
});
