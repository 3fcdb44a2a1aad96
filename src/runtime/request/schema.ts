import { z } from 'zod';
import type { ExecutionRequest } from '../../actors/protocol/execution.js';
import { keptBytes, milliseconds, oversizedOutputStrategy, wholeNumber } from '../config/schema.js';
import { once } from '../once.js';

const withoutNul = (text: string) => !text.includes('\0');

export const tags = once(() =>
  z.record(z.string(), z.string({ error: 'a string' }), { error: 'an object of strings' }),
);

export const metadata = once(() =>
  z.strictObject(
    {
      source: z.string({ error: 'a string' }).optional(),
      conversationId: z.string({ error: 'a string' }).optional(),
      tags: tags().optional(),
    },
    { error: 'an object' },
  ),
);

export const requestFields = once(() => {
  const text = z.string({ error: 'a string' }).refine(withoutNul, { error: 'a string without NUL bytes' });
  const nonEmpty = text.refine((value) => value !== '', { error: 'a string that is not empty' });
  const args = z.array(text, { error: 'an array of strings' }).optional();

  const command = z.discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('exec'), program: nonEmpty, args }),
      z.strictObject({ type: z.literal('shell'), command: nonEmpty, shell: nonEmpty.optional() }),
      z.strictObject({ type: z.literal('script'), path: nonEmpty, interpreter: nonEmpty.optional(), args }),
      z.strictObject({
        type: z.literal('aws_cli'),
        service: nonEmpty,
        operation: nonEmpty,
        args,
        profile: nonEmpty.optional(),
        region: nonEmpty.optional(),
      }),
    ],
    { error: "a command: { type: 'exec' | 'shell' | 'script' | 'aws_cli', … }" },
  );

  const variableName = () => z.string().regex(/^[^=\0]+$/, { error: "a variable name without '=' and NUL bytes" });
  const variables = () => z.record(variableName(), text, { error: 'an object of strings' });

  const stdin = () =>
    z.union([z.string(), z.instanceof(Uint8Array), z.strictObject({ pipe: z.literal(true) })], {
      error: 'a string, a Uint8Array, or { pipe: true }',
    });

  const retry = () =>
    z.strictObject(
      {
        attempts: wholeNumber(1, 1_000_000),
        backoffMs: milliseconds(0),
        factor: z.number({ error: 'a number of at least 1' }).min(1, { error: 'a number of at least 1' }).optional(),
        maxBackoffMs: milliseconds(0).optional(),
        on: z
          .array(z.enum(['failed', 'timeout'], { error: "'failed' or 'timeout'" }), {
            error: "an array of 'failed' and 'timeout'",
          })
          .min(1, { error: "'failed', 'timeout' or both" })
          .optional(),
      },
      { error: 'an object with attempts and backoffMs' },
    );

  return {
    id: z.guid({ error: 'a UUID' }).optional(),
    command,
    env: z.lazy(variables).optional(),
    inheritEnv: z.boolean({ error: 'true or false' }).optional(),
    workingDir: nonEmpty.optional(),
    stdin: z.lazy(stdin).optional(),
    timeoutMs: milliseconds(1).optional(),
    queueTimeoutMs: milliseconds(1).optional(),
    idleTimeoutMs: milliseconds(1).optional(),
    priority: z.number({ error: 'a finite number' }).optional(),
    retry: z.lazy(retry).optional(),
    maxOutputSizeBytes: keptBytes().optional(),
    oversizedOutputStrategy: oversizedOutputStrategy().optional(),
    metadata: z.lazy(metadata).optional(),
  } satisfies Record<keyof ExecutionRequest, z.ZodType>;
});

export const requestSchema = once(() => z.strictObject(requestFields(), { error: 'an object with a command' }));
