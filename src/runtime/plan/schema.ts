import { z } from 'zod';
import type { ExecutionPlan, PlanCommand } from '../../actors/protocol/plan.js';
import { milliseconds, wholeNumber } from '../config/schema.js';
import { metadata, requestFields } from '../request/schema.js';

const flag = z.boolean({ error: 'true or false' }).optional();
const maxConcurrency = wholeNumber(1, Number.MAX_SAFE_INTEGER).optional();

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
      onFailure: z.enum(['skip_dependents', 'stop'], { error: "'skip_dependents' or 'stop'" }).optional(),
    }),
  ],
  { error: "a strategy: { type: 'serial' | 'parallel' | 'dependency_graph', … }" },
);

const name = z
  .string({ error: 'a name' })
  .regex(/^[A-Za-z0-9_-]+$/, { error: 'a name of letters, digits, _ and -' })
  .optional();

const commandSchema = z.strictObject({ ...requestFields, name } satisfies Record<keyof PlanCommand, z.ZodType>, {
  error: 'an object with a command',
});

const fields = {
  id: requestFields.id,
  description: z.string({ error: 'a string' }).optional(),
  strategy,
  commands: z.array(commandSchema, { error: 'an array of requests' }).min(1, { error: 'at least one command' }),
  timeoutMs: milliseconds(1).optional(),
  metadata: metadata.optional(),
} satisfies Record<keyof ExecutionPlan, z.ZodType>;

export const planSchema = z.strictObject(fields, { error: 'an object with a strategy and commands' });
