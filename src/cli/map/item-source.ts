import type { Input } from '../input.js';
import { type Item, ItemSplitter, splitItems } from './items.js';

/** A file of more bytes is read as there is room for its items, and how many there are is known when the last one is read. */
const MOST_BYTES_AHEAD = 4 * 1024 * 1024;

export interface ItemSource {
  items: AsyncIterable<Item[]> | Iterable<Item[]>;
  /** How many there are; `null` where that is not known yet. */
  total: number | null;
}

/** The items in standard input, each up to a separator byte. If `counted`, those of a small file are counted before they are given. */
export async function itemsIn(
  { chunks, fileBytes }: Pick<Input, 'chunks' | 'fileBytes'>,
  separator: number,
  counted: boolean,
): Promise<ItemSource> {
  if (!counted || fileBytes === null || fileBytes > MOST_BYTES_AHEAD) {
    return { items: splitItems(chunks, separator), total: null };
  }
  const ahead = await readAhead(chunks);
  const total = Array.isArray(ahead) ? numberOfItems(ahead, separator) : null;
  return { items: splitItems(ahead, separator), total };
}

/** All chunks; or where a file has grown, those that were read, and the rest as it is asked for. */
async function readAhead(source: AsyncIterable<Buffer>): Promise<Buffer[] | AsyncIterable<Buffer>> {
  const rest = source[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  for (let size = 0; size <= MOST_BYTES_AHEAD; ) {
    const next = await rest.next();
    if (next.done) return chunks;
    chunks.push(next.value);
    size += next.value.length;
  }
  return inSuccession(chunks, rest);
}

async function* inSuccession(chunks: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* chunks;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function numberOfItems(chunks: readonly Buffer[], separator: number): number {
  const splitter = new ItemSplitter(separator);
  const complete = chunks.reduce((sum, chunk) => sum + splitter.push(chunk).length, 0);
  return complete + splitter.end().length;
}
