/** What `make` makes, made when it is first asked for: schemas are costly to make, and few apps need all of them. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
