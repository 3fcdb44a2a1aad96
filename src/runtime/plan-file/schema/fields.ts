import { z } from 'zod/mini';
import { milliseconds, wholeNumber } from '../../config/schema.js';
import { once } from '../../once.js';
import { WrittenScalar } from '../value.js';

const written = <T extends z.ZodMiniType>(as: 'value' | 'source', schema: T) =>
  z.pipe(
    z.transform((value) => (value instanceof WrittenScalar ? value[as] : value)),
    schema,
  );

/** What is written, as a number or a truth value. */
export const read = <T extends z.ZodMiniType>(schema: T) => written('value', schema);

/** What is written, to the letter: `-n 5`, `1.0` and `0x10` need no quotes. */
export const spelled = <T extends z.ZodMiniType>(schema: T) =>
  written('source', schema).check(z.meta({ type: ['string', 'number', 'boolean'] }));

export const described = <T extends z.ZodMiniType>(schema: T, description: string) =>
  schema.check(z.describe(description));

/** The one that serialises a missing option as `null` is as welcome as the one who leaves the rest of a line empty. */
export const optional = <T extends z.ZodMiniType>(schema: T, description: string) =>
  described(z.nullish(schema), description);

export const string = once(() =>
  z.string({ error: ({ input }) => (input === null ? "text ('' for an empty one)" : 'text') }),
);
const withoutNul = () =>
  string().check(z.refine((value) => !value.includes('\0'), { error: 'text without NUL bytes' }));
export const text = once(() => spelled(withoutNul()));
export const nonEmpty = once(() => spelled(withoutNul().check(z.minLength(1, { error: 'text that is not empty' }))));
export const flag = once(() => read(z.boolean({ error: 'true or false' })));
export const whole = (min: number, max: number) => read(wholeNumber(min, max));
export const period = (min: number) => read(milliseconds(min));
export const uuid = once(() => z.guid({ error: 'a UUID' }));

/** Nothing but these fields. The complaint about any other names those there are, for a better one to be made of it. */
export function mapping<T extends z.core.$ZodShape>(shape: T, expected: string) {
  const fields = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? fields : expected) });
}
