import { stripVTControlCharacters } from 'node:util';
import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();

/** Columns that a text without control characters takes in a terminal; colours take none, wide characters two. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** The beginning of a text that fits into `width` columns, with an ellipsis where something is missing. Colours are closed. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  if (stringWidth(text) <= width) return text;
  return `${fitting(text, width - 1)}…`;
}

/** Exactly `width` columns: cut, or filled with spaces. */
export function pad(text: string, width: number): string {
  const fitted = cut(text, width);
  return fitted + ' '.repeat(Math.max(0, width - stringWidth(fitted)));
}

/** A character of two columns that only half fits is left out. */
function fitting(text: string, width: number): string {
  for (let columns = width; columns > 0; columns--) {
    const head = sliceAnsi(text, 0, columns);
    if (stringWidth(head) <= width) return head;
  }
  return '';
}

/** Rows that a text takes in a terminal of so many columns, which breaks it where it has to. */
export function rowsTaken(text: string, columns: number): number {
  let [rows, column] = [1, 0];
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text))) {
    const width = stringWidth(segment);
    if (column + width > columns) {
      rows++;
      column = 0;
    }
    column += width;
  }
  return rows;
}
