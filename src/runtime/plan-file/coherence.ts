import { cycleText, duplicateProblems } from '../../actors/plan/check-plan.js';
import { referenceProblems } from '../../actors/plan/check-references.js';
import { findCycle, topologicalOrder } from '../../actors/plan/order.js';
import { schemeOf } from '../../actors/plan/strategy.js';
import type { InputProblem } from '../../actors/protocol/errors.js';
import type { ExecutionPlan } from '../../actors/protocol/plan.js';
import { placeInFile } from './place-in-file.js';
import type { Fault } from './refuse.js';
import type { PlanFile } from './schema/plan-file.js';
import { faultAt, type Tree } from './tree.js';

/** Names and ids that are there twice. */
export function repetitions({ commands }: ExecutionPlan, file: PlanFile, tree: Tree): Fault[] {
  return duplicateProblems(commands).map((problem) => faultOf(problem, file, tree));
}

/** What is wrong with a plan whose fields are each right: said when it is run as well, but here with its place. */
export function incoherences({ strategy, commands }: ExecutionPlan, file: PlanFile, tree: Tree): Fault[] {
  const { scheme, problems } = schemeOf(strategy, commands.length);
  const order = topologicalOrder(scheme.graph);
  if (order.length < scheme.graph.size) return [cycleFault(findCycle(scheme.graph, order), file, tree)];
  const all = problems.length > 0 ? problems : referenceProblems(commands, scheme.graph, order);
  return all.map((problem) => faultOf(problem, file, tree));
}

function faultOf({ path: apiPath, expected, received }: InputProblem, file: PlanFile, tree: Tree): Fault {
  const { path, of } = placeInFile(apiPath, file);
  return faultAt(tree, path, `expected ${expected}, got ${received}`, of);
}

function cycleFault(cycle: readonly number[], { commands }: PlanFile, tree: Tree): Fault {
  const [first = 0] = cycle;
  const named = commands.map(({ name }) => ({ name: name ?? undefined }));
  const path = commands[first]?.depends_on
    ? ['commands', first, 'depends_on']
    : ['strategy', 'dependencies', String(first)];
  return faultAt(tree, path, `these commands wait for each other: ${cycleText(cycle, named)}`, 'key');
}
