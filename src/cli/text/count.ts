/** A number and its noun: `1 command`, `12,000 commands`. */
export function count(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A whole number with its thousands apart, the same on every machine. */
export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
