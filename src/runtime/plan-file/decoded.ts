import { isUtf8 } from 'node:buffer';
import { refusal, refusalOfWhole } from './refuse.js';

/** @throws {PlanFileError} where the bytes are not UTF-8 */
export function decoded(bytes: Buffer, file: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw refusalOfWhole(file, 'text in UTF-16; save it as UTF-8');
  }
  const text = bytes.toString('utf8');
  const again = Buffer.from(text);
  let valid = 0;
  while (bytes[valid] === again[valid]) valid++;
  const message = 'a byte that is not UTF-8: a plan file is text, and this is something else';
  throw refusal({ file, text }, [{ offset: bytes.toString('utf8', 0, valid).length, path: [], message }]);
}
