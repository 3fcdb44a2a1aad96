import type { z } from 'zod/mini';
import { describe, withoutValue } from '../problems.js';
import { MAX_KEPT_PROBLEMS } from './limits.js';
import { nearest } from './nearest.js';
import type { Fault, Path } from './refuse.js';
import { faultAt, type Tree } from './tree.js';
import { isMapping, type Mapping, WrittenScalar } from './value.js';

type Issue = z.core.$ZodIssue;

/** Fields that a message lists; a command has too many. */
const LONGEST_LIST = 8;

/** What zod found wrong, in words and with its place. */
export function schemaFaults({ issues }: z.core.$ZodError, tree: Tree): Fault[] {
  return issues.flatMap(sharpened).flatMap((issue, count) => {
    const { path } = issue;
    switch (issue.code) {
      case 'unrecognized_keys': {
        // The search takes its time, and what is not shown needs none.
        const fields = issue.message.split(' ');
        const hint = (key: string) => (count < MAX_KEPT_PROBLEMS ? hintFor(key, fields) : '');
        return issue.keys.map((key) =>
          faultAt(tree, [...path, key], `unknown field ${describe(key)}${hint(key)}`, 'key'),
        );
      }
      case 'invalid_key': {
        const expected = issue.issues[0]?.message ?? issue.message;
        const key = String(path.at(-1));
        const shown = path.includes('env') ? withoutValue(key) : key;
        const fault = faultAt(tree, path, `expected ${expected}, got ${describe(shown)}`, 'key');
        return [shown === key ? fault : { ...fault, path: path.slice(0, -1) }];
      }
      default:
        return [faultAt(tree, path, `expected ${issue.message}, got ${received(tree.root, path)}`)];
    }
  });
}

function hintFor(key: string, fields: readonly string[]): string {
  const meant = nearest(key, fields);
  if (meant !== null) return `; did you mean ${meant}?`;
  return fields.length <= LONGEST_LIST ? `; there are ${fields.join(', ')}` : '';
}

/** Of a union, what is wrong with the only form that the value can be; if there is none or more than one, what the union says itself. */
function sharpened(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [only, another] = issue.errors.filter((issues) => !issues.some(isOfAnotherType));
  if (only === undefined || another !== undefined) return [issue];
  return only.flatMap((inner) => sharpened({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isOfAnotherType({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
}

function received(root: unknown, path: Path): string {
  const value = path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    root,
  );
  if (value instanceof WrittenScalar) return value.source;
  // What a variable holds may be a secret.
  if (path.includes('env') && typeof value === 'string') return 'other text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (!isMapping(value)) return describe(value);
  return path.includes('env') ? 'a mapping' : describeMapping(value);
}

function describeMapping(mapping: Mapping): string {
  // A field without a value counts as absent.
  const keys = Object.keys(mapping).filter((key) => (mapping[key] ?? null) !== null);
  if (keys.length === 0) return Object.keys(mapping).length === 0 ? 'an empty mapping' : 'a mapping without values';
  return `a mapping with ${keys.length <= 5 ? keys.join(', ') : `${keys.slice(0, 4).join(', ')} and others`}`;
}
