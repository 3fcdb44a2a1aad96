import { isUtf8 } from 'node:buffer';

/** The most that Linux takes as one argument (MAX_ARG_STRLEN), less the NUL byte at its end. */
const LONGEST_ITEM_BYTES = 131_071;

/** Something that stands where an item should, and cannot be an argument. */
export interface BadItem {
  /** The beginning of it. */
  excerpt: string;
  problem: string;
}

export type Item = string | BadItem;

/** Cuts a stream of bytes into items at a separator byte. Empty ones are skipped. Holds at most one item. */
export class ItemSplitter {
  #rest: Buffer[] = [];
  #restBytes = 0;

  /** `separator`: 10 for lines, 0 for NUL. */
  constructor(private readonly separator: number) {}

  push(chunk: Buffer): Item[] {
    const last = chunk.lastIndexOf(this.separator);
    if (last === -1) {
      this.#keep(chunk);
      return [];
    }
    const first = chunk.indexOf(this.separator);
    this.#keep(chunk.subarray(0, first));
    const items = this.#complete();
    if (last > first) items.push(...this.#whole(chunk.subarray(first + 1, last)));
    this.#keep(chunk.subarray(last + 1));
    return items;
  }

  /** What is left when the stream has ended. */
  end(): Item[] {
    return this.#complete();
  }

  #complete(): Item[] {
    if (this.#restBytes === 0) return [];
    const item = itemOf(Buffer.concat(this.#rest), this.#restBytes);
    this.#rest = [];
    this.#restBytes = 0;
    return [item];
  }

  /** Of an item that is too long anyway, the beginning is enough. */
  #keep(part: Buffer): void {
    if (part.length > 0 && this.#restBytes <= LONGEST_ITEM_BYTES) this.#rest.push(part);
    this.#restBytes += part.length;
  }

  /** Items between separators: in one go, if all of it is text. */
  #whole(block: Buffer): Item[] {
    const separator = String.fromCharCode(this.separator);
    if (isUtf8(block) && block.length <= LONGEST_ITEM_BYTES) {
      return block
        .toString()
        .split(separator)
        .filter((item) => item !== '');
    }
    const items: Item[] = [];
    for (let from = 0; from < block.length; ) {
      const found = block.indexOf(this.separator, from);
      const to = found === -1 ? block.length : found;
      if (to > from) items.push(itemOf(block.subarray(from, to), to - from));
      from = to + 1;
    }
    return items;
  }
}

function itemOf(bytes: Buffer, length: number): Item {
  const excerpt = bytes.toString('utf8', 0, 40);
  if (length > LONGEST_ITEM_BYTES) {
    return { excerpt, problem: `an item of ${length} bytes is longer than an argument may be (${LONGEST_ITEM_BYTES})` };
  }
  if (!isUtf8(bytes)) return { excerpt, problem: 'an item that is not UTF-8 cannot be passed on as it is' };
  return bytes.toString();
}

/** The items in a stream, as they come. */
export async function* splitItems(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  separator: number,
): AsyncGenerator<Item[]> {
  const splitter = new ItemSplitter(separator);
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}
