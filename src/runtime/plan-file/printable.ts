// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that terminals act upon.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** For a message: what would break its line, or move, colour or reorder what a terminal shows, as an escape. */
export function printable(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** For an excerpt: one character for each, so that columns stay where they are. */
export function tame(text: string): string {
  return text.replace(CONTROLS, (character) => (character === '\t' ? ' ' : '·'));
}
