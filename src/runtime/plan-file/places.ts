import type { Path } from './refuse.js';

/** Offsets of what stands under a key, and of the key itself. */
export interface Place {
  key: number;
  value: number;
}

/** Where the values of a tree are written. */
export class Places {
  readonly #of = new WeakMap<object, { start: number; inside: Map<PropertyKey, Place> }>();

  open(container: object, start: number): void {
    this.#of.set(container, { start, inside: new Map() });
  }

  set(container: object, key: PropertyKey, place: Place): void {
    this.#of.get(container)?.inside.set(key, place);
  }

  get(container: object, key: PropertyKey): Place | undefined {
    return this.#of.get(container)?.inside.get(key);
  }

  /** Where a path leads to, or where its last key is. What is not there is where it would have to be: in what holds it. */
  offsetOf(root: unknown, path: Path, of: 'key' | 'value'): number {
    let value = root;
    let offset = isObject(root) ? (this.#of.get(root)?.start ?? 0) : 0;
    for (const [depth, key] of path.entries()) {
      const place = isObject(value) ? this.get(value, key) : undefined;
      if (place === undefined) return offset;
      offset = of === 'key' && depth === path.length - 1 ? place.key : place.value;
      value = (value as Record<PropertyKey, unknown>)[key];
    }
    return offset;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
