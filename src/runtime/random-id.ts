/** A random UUID. All of `node:crypto` is loaded for it, so only when the first one is wanted: the first worker starts meanwhile. */
export function randomId(): string {
  return process.getBuiltinModule('node:crypto').randomUUID();
}
