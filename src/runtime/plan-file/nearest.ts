/** The candidate that a word was most likely meant to be, or `null` where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const bare = bareOf(word);
  let best: string | null = null;
  // One slip for short words, one more for every four letters.
  let bound = 1 + Math.floor(bare.length / 4);
  for (const candidate of candidates) {
    const bareCandidate = bareOf(candidate);
    if (Math.abs(bareCandidate.length - bare.length) > bound) continue;
    const distance = distanceBetween(bare, bareCandidate);
    if (distance > bound || distance >= Math.max(bare.length, bareCandidate.length)) continue;
    if (distance === 0) return candidate;
    best = candidate;
    bound = distance - 1;
  }
  return best;
}

/** `timeoutMs`, `timeout-ms` and `timeout_ms` are the same word. */
function bareOf(word: string): string {
  return word.slice(0, 100).replace(/[_-]/g, '').toLowerCase();
}

/** Levenshtein's: how many letters to put in, take out or replace; two that are exchanged count as one. */
function distanceBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(replaced, at(last, column) + 1, at(current, column - 1) + 1);
      const exchanged = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && exchanged) least = Math.min(least, at(beforeLast, column - 2) + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
