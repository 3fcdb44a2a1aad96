import type { Console } from '../console.js';
import { EXIT_CODE } from '../exit-code.js';
import { describeStrategy } from '../graph/describe-strategy.js';
import { readPlan } from '../plan-source.js';
import { count } from '../text/count.js';

/** Checks a plan file, and says what it is. @throws {PlanFileError} */
export async function validate({ out }: Console, file: string): Promise<number> {
  const plan = await readPlan(file);
  out.write(`${file}: ${count(plan.commands.length, 'command')}, ${describeStrategy(plan.strategy)}\n`);
  return EXIT_CODE.completed;
}
