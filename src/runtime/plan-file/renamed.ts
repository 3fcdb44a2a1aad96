type Camel<S> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

type Renamed<T> = T extends unknown ? { [K in keyof T as Camel<K>]: Exclude<T[K], null> } : never;

/** `timeout_ms` as `timeoutMs`. Fields without a value are left out; what is inside the others is not looked at. */
export function renamed<T extends object>(fields: T): Renamed<T> {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [camelCase(key), value])) as Renamed<T>;
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
