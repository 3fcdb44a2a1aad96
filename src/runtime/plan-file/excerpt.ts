import { columnsOf } from './columns.js';
import { positionOf } from './lines.js';
import { tame } from './printable.js';

/** What is shown of a line to the left and to the right of the place that is meant: a file may be one line of megabytes. */
const LEFT = 80;
const RIGHT = 40;

/** The line at an offset with a caret under the column. What would move or colour a terminal is shown as a dot. */
export function excerpt(text: string, starts: readonly number[], offset: number): string {
  const { line } = positionOf(starts, offset);
  const start = starts[line - 1] ?? 0;
  const end = (starts[line] ?? text.length + 1) - 1;
  const from = Math.max(start, offset - LEFT);
  const to = Math.min(end, offset + RIGHT);
  const left = (from > start ? '…' : '') + tame(text.slice(from, offset));
  const right = tame(text.slice(offset, to).replace(/\r$/, '')) + (to < end ? '…' : '');
  const margin = ' '.repeat(String(line).length);
  const caret = `${' '.repeat(columnsOf(left))}^`;
  return `  ${line} | ${left}${right}\n  ${margin} | ${caret}`;
}
