import { once } from '../once.js';

/** Takes ten milliseconds to make. */
const graphemes = once(() => new Intl.Segmenter());
/** What terminals draw over two columns: the scripts of East Asia, their punctuation and full-width forms, and emoji. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
/** What they draw over the character before it, or not at all. */
const NOTHING = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
/** Has the character before it drawn as an emoji. */
const AS_EMOJI = '\ufe0f';

/** Columns that a text without control characters takes in a terminal, as nearly as can be told without asking it. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes().segment(text)) columns += columnsOfOne(segment);
  return columns;
}

function columnsOfOne(grapheme: string): number {
  if (NOTHING.test(grapheme)) return 0;
  return WIDE.test(grapheme) || grapheme.includes(AS_EMOJI) ? 2 : 1;
}
