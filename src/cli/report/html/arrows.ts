import { type Markup, markup } from '../markup.js';
import type { Bar, Chart } from './chart.js';
import { lengthOf } from './percent.js';

const MOST_ROWS = 200;
const MOST_ARROWS = 600;
/** Pixels to the right of a bar at which its arrows turn down. */
const TURN = 5;
/** Of the width of the chart. */
const LEAST_ROOM = 0.015;

/** From the end of each command to the beginning of those that waited for it; `null` where there are too many to follow with the eye. */
export function arrows(chart: Chart, dependencies: readonly (readonly number[])[]): Markup | null {
  const rows = new Map(chart.bars.map((bar, row) => [bar.index, row]));
  const wanted = chart.bars.flatMap(({ index }) =>
    (dependencies[index] ?? []).map((dependency) => [dependency, index] as const),
  );
  if (chart.bars.length > MOST_ROWS || wanted.length > MOST_ARROWS) return null;
  const drawn = wanted.map(([from, to]) => arrow(chart, rows.get(from), rows.get(to)));
  return markup`<g class="arrows" aria-hidden="true">${drawn}</g>`;
}

/** An element of its own, as wide as the time between: within it, lengths in pixels and in shares of that time go together. */
function arrow(chart: Chart, fromRow: number | undefined, toRow: number | undefined): Markup | null {
  const { bars, spanMs, rowHeight } = chart;
  const from = bars[fromRow ?? -1];
  const to = bars[toRow ?? -1];
  if (fromRow === undefined || toRow === undefined || !from || !to) return null;
  const startMs = beginningOf(to);
  if (from.startMs === null || startMs === null) return null;
  const endMs = from.startMs + from.result.durationMs;
  const down = (toRow - fromRow) * rowHeight;
  // Without room for an arrow's head before the bar, it comes from above.
  const room = (startMs - endMs) / spanMs >= LEAST_ROOM;
  const edge = down - Math.sign(down) * rowHeight * 0.3;
  const line = room
    ? markup`<path d="M0 0h${TURN}v${down}"/><line x1="${TURN}" x2="100%" y1="${down}" y2="${down}"/>`
    : markup`<path d="M0 0h${TURN}v${edge}"/>`;
  const at = markup`x="${lengthOf(endMs, spanMs)}" y="${(fromRow + 0.5) * rowHeight}" width="${lengthOf(startMs - endMs, spanMs)}" height="1"`;
  return markup`<svg data-from="${from.index}" data-to="${to.index}" ${at}>${line}</svg>\n`;
}

function beginningOf({ startMs, waitFromMs, waitMs }: Bar): number | null {
  return waitMs > 0 ? waitFromMs : startMs;
}
