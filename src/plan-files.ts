/**
 * Reading plan files without loading the engine: `execrx/plan-files`. The package's main entry has the same names.
 */
export { PlanFileError, type PlanFileProblem, ValidationError } from './actors/protocol/errors.js';
export type { ExecutionPlan } from './actors/protocol/plan.js';
export { planJsonSchema } from './runtime/plan-file/json-schema.js';
export { type ParsePlanOptions, parsePlan } from './runtime/plan-file/parse-plan.js';
export { readPlanFile } from './runtime/plan-file/read-plan-file.js';
