import { z } from 'zod/mini';
import { planFileSchema } from './schema/plan-file.js';

/** JSON Schema (draft 7, which editors know best) of plan files. Also in the package, as `execrx/plan.schema.json`. */
export const planJsonSchema: Readonly<Record<string, unknown>> = {
  ...z.toJSONSchema(planFileSchema(), { target: 'draft-7', io: 'input' }),
  title: 'A plan of execrx',
};
