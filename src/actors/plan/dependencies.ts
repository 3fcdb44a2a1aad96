import type { InputProblem } from '../protocol/errors.js';
import type { Edges } from './graph.js';

const INDEX = /^(?:0|[1-9]\d*)$/;

/** The edges that a plan's `dependencies` describe, and what is wrong with them. */
export function readDependencies(dependencies: object, size: number): { edges: Edges; problems: InputProblem[] } {
  const from: number[] = [];
  const to: number[] = [];
  const problems: InputProblem[] = [];
  const indices = `the index of a command, from 0 to ${size - 1}`;

  for (const [key, list] of Object.entries(dependencies) as Array<[string, unknown]>) {
    const path = `strategy.dependencies.${key}`;
    const node = INDEX.test(key) ? Number(key) : Number.NaN;
    if (!(node < size)) problems.push({ path, expected: `${indices}, as the key`, received: `'${key}'` });
    if (!Array.isArray(list)) {
      problems.push({ path, expected: 'an array of indices', received: shapeOf(list) });
      continue;
    }
    for (const [place, dependency] of (list as unknown[]).entries()) {
      const problem = problemWith(dependency, node, size, indices);
      if (problem) problems.push({ path: `${path}[${place}]`, ...problem });
      else if (node < size) {
        from.push(node);
        to.push(dependency as number);
      }
    }
  }
  return { edges: { from, to }, problems };
}

function problemWith(
  dependency: unknown,
  node: number,
  size: number,
  indices: string,
): Omit<InputProblem, 'path'> | null {
  const isIndex = Number.isInteger(dependency) && (dependency as number) >= 0 && (dependency as number) < size;
  if (!isIndex) return { expected: indices, received: shapeOf(dependency) };
  if (dependency !== node) return null;
  return { expected: 'another command than itself', received: `${node}, a cycle: ${node} -> ${node}` };
}

function shapeOf(value: unknown): string {
  if (typeof value === 'number' || value === null) return String(value);
  if (typeof value === 'string') return `'${value.slice(0, 40)}'`;
  return value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}
