/** A child that writes `lines` lines of 80 bytes, line break included. */
export function flood(lines: number): [string, string[]] {
  return ['bash', ['-c', `yes ${'x'.repeat(79)} | head -n ${lines}`]];
}
