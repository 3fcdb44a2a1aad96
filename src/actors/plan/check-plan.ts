import type { InputProblem } from '../protocol/errors.js';
import type { PlanCommand } from '../protocol/plan.js';
import { referenceProblems } from './check-references.js';
import type { PlanGraph } from './graph.js';
import { findCycle, topologicalOrder } from './order.js';

/** Beyond this many nodes the middle of a cycle is left out. */
const LONGEST_CYCLE_SHOWN = 20;

/** What is wrong with a plan whose fields and edges are each right: a cycle, or a reference that cannot be filled in. */
export function planProblems(commands: readonly PlanCommand[], graph: PlanGraph): InputProblem[] {
  const order = topologicalOrder(graph);
  if (order.length === graph.size) return referenceProblems(commands, graph, order);
  const received = cycleText(findCycle(graph, order), commands);
  const expected = 'no cycle (each depends on the next)';
  return [{ path: 'strategy.dependencies', expected, received }];
}

/** Ids and names that occur twice. */
export function duplicateProblems(commands: readonly PlanCommand[]): InputProblem[] {
  return [...repeated(commands, 'id'), ...repeated(commands, 'name')];
}

function repeated(commands: readonly PlanCommand[], field: 'id' | 'name'): InputProblem[] {
  const first = new Map<string, number>();
  const problems: InputProblem[] = [];
  for (const [index, command] of commands.entries()) {
    const value = command[field];
    if (value === undefined) continue;
    const before = first.get(value);
    if (before === undefined) first.set(value, index);
    else {
      const expected = `${field === 'id' ? 'an id' : 'a name'} that no other command of the plan has`;
      problems.push({
        path: `commands[${index}].${field}`,
        expected,
        received: `'${value}', as commands[${before}] has`,
      });
    }
  }
  return problems;
}

/** By index, and by name where there are any. */
export function cycleText(cycle: readonly number[], commands: readonly Pick<PlanCommand, 'name'>[]): string {
  const text = (label: (index: number) => string) => {
    const whole = [...cycle, cycle[0] as number].map(label);
    const half = LONGEST_CYCLE_SHOWN / 2;
    if (whole.length <= LONGEST_CYCLE_SHOWN) return whole.join(' -> ');
    const left = whole.length - 2 * half;
    return [...whole.slice(0, half), `(${left} more)`, ...whole.slice(-half)].join(' -> ');
  };
  const indices = text(String);
  if (!cycle.some((index) => commands[index]?.name !== undefined)) return indices;
  return `${indices} (${text((index) => commands[index]?.name ?? String(index))})`;
}
