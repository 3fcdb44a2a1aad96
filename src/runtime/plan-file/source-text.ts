import type { PlanFileError } from '../../actors/protocol/errors.js';
import { MAX_FILE_BYTES } from './limits.js';
import { refusal, refusalOfWhole } from './refuse.js';

/** The text of a plan file, and the name its errors give it. */
export interface SourceText {
  file: string;
  text: string;
}

/**
 * What is left to be parsed, without the mark that some editors put at the beginning.
 * @throws {PlanFileError} for too much text, and for what is no text
 */
export function sourceText(given: string, file: string): SourceText {
  if (given.length > MAX_FILE_BYTES || Buffer.byteLength(given) > MAX_FILE_BYTES) throw tooLarge(file);
  const source = { file, text: given.startsWith('\uFEFF') ? given.slice(1) : given };
  const nul = source.text.indexOf('\0');
  if (nul !== -1) {
    const message = 'a NUL byte: a plan file is text, and this is something else';
    throw refusal({ file, text: source.text.slice(0, nul) }, [{ offset: nul, path: [], message }]);
  }
  return source;
}

export function tooLarge(file: string): PlanFileError {
  return refusalOfWhole(file, `larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB, the most that a plan file may have`);
}
