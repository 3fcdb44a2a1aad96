import { plainText } from './plain-text.js';

/** Text from anywhere as it may stand in a row of a view: plain, on one line, with spaces for tabs and line breaks. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ');
}
