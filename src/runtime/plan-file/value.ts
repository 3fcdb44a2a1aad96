/** A number or a truth value, and how it is spelled: `0x10` is 16 where a number is wanted, and `0x10` where text is. */
export class WrittenScalar {
  constructor(
    readonly value: number | boolean,
    readonly source: string,
  ) {}
}

export type Mapping = { [key: string]: Value };

/** What a file says. Nothing holds itself, but what aliases stand for may be held in several places. */
export type Value = string | null | WrittenScalar | Value[] | Mapping;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WrittenScalar);
}
