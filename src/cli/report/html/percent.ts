/** A share in words: `37 %`, `< 1 %`. Of nothing, nothing. */
export function percentOf(part: number, whole: number): string {
  const percent = whole > 0 ? Math.round((100 * part) / whole) : 0;
  return percent === 0 && part > 0 && whole > 0 ? '< 1 %' : `${percent} %`;
}

/** A share as a length in CSS or SVG, never outside its whole. */
export function lengthOf(part: number, whole: number): string {
  const share = whole > 0 ? part / whole : 0;
  return `${Number((100 * Math.min(1, Math.max(0, share))).toFixed(4))}%`;
}
