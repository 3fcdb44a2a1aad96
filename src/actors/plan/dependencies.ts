import type { InputProblem } from '../protocol/errors.js';
import type { Edges } from './graph.js';

const INDEX = /^(?:0|[1-9]\d*)$/;

/** The edges that a plan's `dependencies` describe, and what is wrong with them. */
export function readDependencies(
  dependencies: Readonly<Record<string, unknown>>,
  size: number,
): { edges: Edges; problems: InputProblem[] } {
  const from: number[] = [];
  const to: number[] = [];
  const problems: InputProblem[] = [];
  const expected = `the index of a command, from 0 to ${size - 1}`;
  for (const key of Object.keys(dependencies)) {
    const list = dependencies[key];
    const node = INDEX.test(key) ? Number(key) : Number.NaN;
    const complain = (about: string, problem: Omit<InputProblem, 'path'>) =>
      problems.push({ path: `strategy.dependencies.${key}${about}`, ...problem });

    if (!(node < size)) complain('', { expected: `${expected}, as the key`, received: `'${key}'` });
    if (!Array.isArray(list)) {
      complain('', { expected: 'an array of indices', received: shapeOf(list) });
      continue;
    }
    for (let place = 0; place < list.length; place++) {
      const dependency: unknown = list[place];
      if (!isIndex(dependency, size)) {
        complain(`[${place}]`, { expected, received: shapeOf(dependency) });
      } else if (dependency === node) {
        const received = `${node}, a cycle: ${node} -> ${node}`;
        complain(`[${place}]`, { expected: 'another command than itself', received });
      } else if (node < size) {
        from.push(node);
        to.push(dependency);
      }
    }
  }
  return { edges: { from, to }, problems };
}

function isIndex(value: unknown, size: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < size;
}

function shapeOf(value: unknown): string {
  if (typeof value === 'number' || value === null) return String(value);
  if (typeof value === 'string') return `'${value.slice(0, 40)}'`;
  return value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}
