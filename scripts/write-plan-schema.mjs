import { writeFileSync } from 'node:fs';
import { planJsonSchema } from '../dist/runtime/plan-file/json-schema.js';

writeFileSync(new URL('../dist/plan.schema.json', import.meta.url), `${JSON.stringify(planJsonSchema, null, 2)}\n`);
