import { statSync } from 'node:fs';
import { type ExecutionPlan, PlanFileError, parsePlan, readPlanFile } from '../plan-files.js';
import { BadInputError } from './exit-code.js';
import { readInput } from './input.js';

/** More than a plan file may have, so that one that is too large is refused as such. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The plan in a file, or with `-` on standard input.
 * @throws {PlanFileError} naming file, line and column of what is wrong
 */
export async function readPlan(path: string): Promise<ExecutionPlan> {
  if (path !== '-')
    return readPlanFile(path).catch((error) => Promise.reject(isFlowing(path) ? advised(error) : error));
  return parsePlan(await textOfInput(), { file: 'standard input' });
}

/** Whether there is something that can be read, but is no file: a pipe, such as that of `<(…)`. */
function isFlowing(path: string): boolean {
  try {
    const found = statSync(path);
    return found.isFIFO() || found.isSocket() || found.isCharacterDevice();
  } catch {
    return false;
  }
}

function advised(error: PlanFileError): PlanFileError {
  const advice = '; a plan that does not come from a file is read from standard input, with - for its name';
  return new PlanFileError(`${error.message}${advice}`, error.problems, { cause: error });
}

async function textOfInput(): Promise<string> {
  const { chunks } = readInput();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  try {
    return new TextDecoder('utf8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new BadInputError('standard input: expected a plan in YAML or JSON, got bytes that are not UTF-8');
  }
}
