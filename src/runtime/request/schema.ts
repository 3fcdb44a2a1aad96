import { z } from 'zod/mini';
import type { ExecutionRequest } from '../../actors/protocol/execution.js';
import { atLeastOne, keptBytes, milliseconds, oversizedOutputStrategy, wholeNumber } from '../config/schema.js';
import { once } from '../once.js';

const VARIABLE_NAME = { error: "a variable name without '=' and NUL bytes" };
const withoutNul = (text: string) => !text.includes('\0');

/** An object of texts by names of any kind but one: zod leaves `__proto__` out of what it gives back, and nothing is to be lost without a word. */
function texts(name: z.ZodMiniString, text: z.ZodMiniString) {
  const whole = z.transform((input, { issues }) => {
    if (typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__')) {
      issues.push({ code: 'custom', input, message: 'an object without the name __proto__' });
    }
    return input;
  });
  return z.pipe(whole, z.record(name, text, { error: 'an object of strings' }));
}

export const tags = once(() => texts(z.string(), z.string({ error: 'a string' })));

export const metadata = once(() =>
  z.strictObject(
    {
      source: z.optional(z.string({ error: 'a string' })),
      conversationId: z.optional(z.string({ error: 'a string' })),
      tags: z.optional(tags()),
    },
    { error: 'an object' },
  ),
);

export const requestFields = once(() => {
  const text = z.string({ error: 'a string' }).check(z.refine(withoutNul, { error: 'a string without NUL bytes' }));
  const nonEmpty = text.check(z.refine((value) => value !== '', { error: 'a string that is not empty' }));
  const args = z.optional(z.array(text, { error: 'an array of strings' }));

  const command = z.discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('exec'), program: nonEmpty, args }),
      z.strictObject({ type: z.literal('shell'), command: nonEmpty, shell: z.optional(nonEmpty) }),
      z.strictObject({ type: z.literal('script'), path: nonEmpty, interpreter: z.optional(nonEmpty), args }),
      z.strictObject({
        type: z.literal('aws_cli'),
        service: nonEmpty,
        operation: nonEmpty,
        args,
        profile: z.optional(nonEmpty),
        region: z.optional(nonEmpty),
      }),
    ],
    { error: "a command: { type: 'exec' | 'shell' | 'script' | 'aws_cli', … }" },
  );

  const variableName = () => z.string(VARIABLE_NAME).check(z.regex(/^[^=\0]+$/, VARIABLE_NAME));
  const variables = () => texts(variableName(), text);

  const stdin = () =>
    z.union([z.string(), z.instanceof(Uint8Array), z.strictObject({ pipe: z.literal(true) })], {
      error: 'a string, a Uint8Array, or { pipe: true }',
    });

  const retry = () =>
    z.strictObject(
      {
        attempts: wholeNumber(1, 1_000_000),
        backoffMs: milliseconds(0),
        factor: z.optional(atLeastOne()),
        maxBackoffMs: z.optional(milliseconds(0)),
        on: z.optional(
          z
            .array(z.enum(['failed', 'timeout'], { error: "'failed' or 'timeout'" }), {
              error: "an array of 'failed' and 'timeout'",
            })
            .check(z.minLength(1, { error: "'failed', 'timeout' or both" })),
        ),
      },
      { error: 'an object with attempts and backoffMs' },
    );

  return {
    id: z.optional(z.guid({ error: 'a UUID' })),
    command,
    env: z.optional(z.lazy(variables)),
    inheritEnv: z.optional(z.boolean({ error: 'true or false' })),
    workingDir: z.optional(nonEmpty),
    stdin: z.optional(z.lazy(stdin)),
    timeoutMs: z.optional(milliseconds(1)),
    queueTimeoutMs: z.optional(milliseconds(1)),
    idleTimeoutMs: z.optional(milliseconds(1)),
    priority: z.optional(z.number({ error: 'a finite number' })),
    retry: z.optional(z.lazy(retry)),
    maxOutputSizeBytes: z.optional(keptBytes()),
    oversizedOutputStrategy: z.optional(oversizedOutputStrategy()),
    metadata: z.optional(z.lazy(metadata)),
  } satisfies Record<keyof ExecutionRequest, z.ZodMiniType>;
});

export const requestSchema = once(() => z.strictObject(requestFields(), { error: 'an object with a command' }));
