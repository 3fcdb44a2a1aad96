import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PlanFileError } from '../../actors/protocol/errors.js';
import type { ExecutionPlan } from '../../actors/protocol/plan.js';
import { decoded } from './decoded.js';
import { MAX_FILE_BYTES } from './limits.js';
import { parsePlan } from './parse-plan.js';
import { refusalOfWhole } from './refuse.js';
import { tooLarge } from './source-text.js';

const REASONS = new Map([
  ['ENOENT', 'there is no such file'],
  ['EACCES', 'it may not be read'],
]);

/**
 * Reads a plan from a YAML or JSON file, as `parsePlan` does from text. Errors call the file by its path, as it is given.
 * Rejects with `PlanFileError`, also where there is no such file, where it is no file, cannot be read, is too large or is no text.
 */
export async function readPlanFile(path: string): Promise<ExecutionPlan> {
  return parsePlan(decoded(await contentsOf(path), path), { file: path });
}

async function contentsOf(path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw refusalOfWhole(path, 'a directory, not a file');
    if (!found.isFile()) throw refusalOfWhole(path, 'not a file, but a pipe, a socket or a device');
    if (found.size > MAX_FILE_BYTES) throw tooLarge(path);
    return await read(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof PlanFileError) throw error;
    throw refusalOfWhole(path, REASONS.get(code ?? '') ?? message, { cause: error });
  }
}

/** No more than is allowed, whatever has become of the file since it was looked at: one that grows, or a pipe without a writer. */
async function read(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({ end: MAX_FILE_BYTES, autoClose: false })) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
    }
    if (length > MAX_FILE_BYTES) throw tooLarge(path);
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}
