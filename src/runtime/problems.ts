import type { z } from 'zod/mini';
import type { InputProblem } from '../actors/protocol/errors.js';

/** What zod found wrong, as: where, what was expected, what came. Values are shown only where they cannot be secrets. */
export function problemsOf(error: z.core.$ZodError, input: unknown): InputProblem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, input));
}

type Issue = z.core.$ZodIssue;

function problemsOfIssue(issue: Issue, input: unknown): InputProblem[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: pathText([...path, key]),
        expected: 'no such field',
        // Its value may be anything, a secret too.
        received: typeof valueAt(input, [...path, key]),
      }));
    case 'invalid_key': {
      // The key is what is wrong; its value may be a secret.
      const expected = issue.issues[0]?.message ?? issue.message;
      const shown = path.map(withoutValue);
      return [{ path: pathText(shown), expected, received: describe(shown.at(-1)) }];
    }
    default:
      return [{ path: pathText(path), expected: issue.message, received: describe(valueAt(input, path)) }];
  }
}

/** `{ 'TOKEN=secret': … }`, where `{ TOKEN: 'secret' }` was meant. */
export function withoutValue<T extends PropertyKey>(key: T): T | string {
  if (typeof key !== 'string' || !key.includes('=')) return key;
  return `${key.slice(0, key.indexOf('=') + 1)}…`;
}

export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** Numbers, booleans and the shape of the rest; of a string only its beginning. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return describeString(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function describeString(value: string): string {
  if (value === '') return 'an empty string';
  const nul = value.indexOf('\0');
  if (nul !== -1) return `a string with a NUL byte at ${nul}`;
  return value.length <= 40 ? `'${value}'` : `'${value.slice(0, 37)}…'`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined | null)?.[key], input);
}
