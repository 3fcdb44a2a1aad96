import { MAX_ALIASED_VALUES } from './limits.js';
import type { Value } from './value.js';

/** What the anchors of a file name, in the order of the text: a name may be given anew. */
export class Anchors {
  /** `null` while what the anchor names is being built. */
  readonly #named = new Map<string, { value: Value; size: number } | null>();
  /** Values so far, those that aliases stand for included. */
  #size = 0;
  #aliasedSize = 0;

  /** Builds a value, which is one more, and remembers it if it has an anchor. */
  build(anchor: string | undefined, build: () => Value): Value {
    const before = this.#size++;
    if (anchor === undefined) return build();
    this.#named.set(anchor, null);
    const value = build();
    this.#named.set(anchor, { value, size: this.#size - before });
    return value;
  }

  /** The value that an alias stands for, or what is wrong with that. */
  resolve(alias: string): { value: Value } | { fault: string } {
    const named = this.#named.get(alias);
    if (named === undefined)
      return { fault: 'no anchor of this name before this (text that begins with * needs quotes)' };
    if (named === null) return { fault: 'this stands for something that it is a part of' };
    this.#size += named.size;
    this.#aliasedSize += named.size;
    return { value: named.value };
  }

  /** Aliases of aliases of aliases: a small file can stand for more values than fit into memory. */
  get explode(): boolean {
    return this.#aliasedSize > MAX_ALIASED_VALUES;
  }
}
