import { rowsTaken } from '../text/width.js';

/**
 * How many rows above the cursor have to be erased after a terminal has become narrower, and has broken the rows of the frame that it showed
 * at that moment into several. That may have been any of `frames`: a terminal says late that it has changed, and the later ones, the last of
 * which the cursor is below, were then drawn over the end of what the broken one had become. (They themselves are never broken.)
 */
export function rowsToErase(frames: ReadonlyArray<readonly string[]>, columns: number): number {
  const shown = frames.at(-1)?.length ?? 0;
  const rows = frames.map((frame) => frame.reduce((sum, row) => sum + rowsTaken(row, columns) - 1, shown));
  return Math.max(shown, ...rows);
}
