import type { ExecutionStrategy } from '../../actors/protocol/plan.js';
import { MAX_KEPT_PROBLEMS } from './limits.js';
import { nearest } from './nearest.js';
import type { Fault } from './refuse.js';
import { renamed } from './renamed.js';
import type { CommandEntry, PlanFile } from './schema/plan-file.js';
import { faultAt, type Tree } from './tree.js';

type StrategyEntry = Exclude<NonNullable<PlanFile['strategy']>, string>;

/**
 * The strategy of a plan: the one it names, filled in with what the commands' `depends_on` say; without one, a graph if there is any
 * `depends_on`, else one after the other.
 */
export function strategyOf(
  { strategy: named, commands }: PlanFile,
  tree: Tree,
): { strategy: ExecutionStrategy; faults: Fault[] } {
  const first = commands.findIndex((command) => listOf(command) !== null);
  const given: StrategyEntry | null = typeof named === 'string' ? { type: named } : (named ?? null);
  if (first === -1) {
    if (given?.type === 'dependency_graph') return right({ dependencies: {}, ...renamed(given) });
    return right(given === null ? { type: 'serial' } : renamed(given));
  }
  const { dependencies, faults } = dependenciesOf(commands, tree);
  const graph: ExecutionStrategy = { type: 'dependency_graph', dependencies };
  if (given === null) return { strategy: graph, faults };
  if (given.type !== 'dependency_graph') {
    const message = `depends_on goes with the strategy dependency_graph, and this plan's is ${given.type}`;
    return { strategy: graph, faults: [faultAt(tree, ['commands', first, 'depends_on'], message, 'key')] };
  }
  const { dependencies: indices, ...rest } = given;
  if (indices) {
    const message = 'the commands say depends_on already; a plan has either that or dependencies';
    return { strategy: graph, faults: [faultAt(tree, ['strategy', 'dependencies'], message, 'key')] };
  }
  return { strategy: { ...graph, ...renamed(rest) }, faults };
}

function right(strategy: ExecutionStrategy): { strategy: ExecutionStrategy; faults: Fault[] } {
  return { strategy, faults: [] };
}

/** Names as indices. */
function dependenciesOf(commands: readonly CommandEntry[], tree: Tree) {
  const faults: Fault[] = [];
  const dependencies: Record<number, number[]> = {};
  const indices = new Map<string, number>();
  for (const [index, { name }] of commands.entries()) if (name && !indices.has(name)) indices.set(name, index);
  for (const [index, command] of commands.entries()) {
    const names = listOf(command);
    if (names === null) continue;
    const own = new Set<number>();
    for (const [place, name] of names.entries()) {
      const dependency = indices.get(name);
      const problem = dependency === index ? 'a command cannot depend on itself' : unknownName(name, dependency);
      if (problem === null) own.add(dependency as number);
      else faults.push(faultAt(tree, pathOf(command, index, place), problem));
    }
    if (own.size > 0) dependencies[index] = [...own];
  }
  return { dependencies, faults };

  function unknownName(name: string, dependency: number | undefined): string | null {
    if (dependency !== undefined) return null;
    // The search takes its time, and what is not shown needs none.
    const meant = faults.length < MAX_KEPT_PROBLEMS ? nearest(name, indices.keys()) : null;
    return `no command of this plan is named ${name}${meant === null ? '' : `; did you mean ${meant}?`}`;
  }
}

function listOf({ depends_on }: CommandEntry): readonly string[] | null {
  if (typeof depends_on === 'string') return [depends_on];
  return depends_on ?? null;
}

function pathOf({ depends_on }: CommandEntry, index: number, place: number): PropertyKey[] {
  const path = ['commands', index, 'depends_on'];
  return typeof depends_on === 'string' ? path : [...path, place];
}
