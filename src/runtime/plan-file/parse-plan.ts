import { ValidationError } from '../../actors/protocol/errors.js';
import type { ExecutionPlan } from '../../actors/protocol/plan.js';
import { describe } from '../problems.js';
import { incoherences, repetitions } from './coherence.js';
import { compose } from './compose.js';
import { refusal, refusalOfWhole, refuse } from './refuse.js';
import { type PlanFile, planFileSchema } from './schema/plan-file.js';
import { schemaFaults } from './schema-faults.js';
import { type SourceText, sourceText } from './source-text.js';
import { strategyOf } from './strategy-of.js';
import { toPlan } from './to-plan.js';
import { type Tree, treeOf } from './tree.js';

export interface ParsePlanOptions {
  /** What errors call the file. @default 'plan' */
  file?: string;
}

/**
 * Reads a plan from YAML or JSON, as `planJsonSchema` describes it. Looks at nothing but the text: a `working_dir` or a script's path stays
 * as it is, and is relative to where the app runs.
 * @throws {PlanFileError} with the line and the column of everything that is wrong; nothing else, if `text` is a string
 */
export function parsePlan(text: string, { file = 'plan' }: ParsePlanOptions = {}): ExecutionPlan {
  if (typeof text !== 'string') {
    throw new ValidationError([{ path: 'text', expected: 'a string', received: describe(text) }]);
  }
  const source = sourceText(text, file);
  const tree = treeOf(compose(source), source);
  if (tree.root === null) throw refusalOfWhole(file, 'an empty file; expected a mapping with commands');
  const planFile = checked(tree, source);
  const { strategy, faults } = strategyOf(planFile, tree);
  const plan = toPlan(planFile, strategy);
  refuse(source, [...faults, ...repetitions(plan, planFile, tree)]);
  refuse(source, incoherences(plan, planFile, tree));
  return plan;
}

function checked(tree: Tree, source: SourceText): PlanFile {
  const { data, error } = parsed(tree, source);
  if (error) throw refusal(source, schemaFaults(error, tree));
  return data;
}

/** Of hundreds of thousands of problems in one list, the library's own call stack has enough. */
function parsed({ root }: Tree, source: SourceText) {
  try {
    return planFileSchema.safeParse(root);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refusal(source, [{ offset: 0, path: [], message: 'more is wrong with this file than can be told' }]);
  }
}
