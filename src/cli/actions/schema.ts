import { planJsonSchema } from '../../plan-files.js';
import type { Console } from '../console.js';
import { EXIT_CODE } from '../exit-code.js';

/** Prints the JSON Schema of plan files. */
export async function schema({ out }: Console): Promise<number> {
  out.write(`${JSON.stringify(planJsonSchema, null, 2)}\n`);
  return EXIT_CODE.completed;
}
