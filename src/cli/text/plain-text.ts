// Each alternative takes what it looks at, so that the time is linear in the text: what runs wrote may be made to take long. A sequence that
// is not ended ends with its line, so that it hides no more than that.
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
// Tab and line feed stay, and carriage return for the while. The last ones turn the direction of text, and could make a command look like another.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
/** Halves of characters, and code points that are none. */
const NO_CHARACTERS = /[\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/**
 * Text for a terminal as text for a page: without escape sequences and control characters, a line that was written over (`\r`) as it was at
 * last, and U+FFFD for what is no character.
 */
export function plainText(text: string): string {
  return text
    .replace(SEQUENCES, '')
    .replace(CONTROLS, '')
    .split('\n')
    .map(lastWritten)
    .join('\n')
    .replace(NO_CHARACTERS, '\ufffd');
}

function lastWritten(line: string): string {
  const end = line.length - (/\r*$/.exec(line)?.[0].length ?? 0);
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}
