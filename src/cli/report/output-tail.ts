import { plainText } from '../text/plain-text.js';

const MOST_LINES = 200;
/** Of all output in one report, however many commands it has. */
const MOST_CHARACTERS_IN_ALL = 16 * 1_024 * 1_024;
const MOST_CHARACTERS = 32 * 1_024;
const FEWEST_CHARACTERS = 1_024;

export interface OutputTail {
  text: string;
  /** Whether there was more before it. */
  cut: boolean;
}

/** How many characters of a stream to show, where so many streams are shown. */
export function charactersEach(streams: number): number {
  const share = Math.floor(MOST_CHARACTERS_IN_ALL / Math.max(1, streams));
  return Math.min(MOST_CHARACTERS, Math.max(FEWEST_CHARACTERS, share));
}

/** The last 200 lines of an output, and no more than so many characters of it, as plain text. */
export function tailOf(output: string, mostCharacters = MOST_CHARACTERS): OutputTail {
  const start = Math.max(0, output.length - mostCharacters, startOfLastLines(output));
  return { text: plainText(output.slice(start)).replace(/\n+$/, ''), cut: start > 0 };
}

function startOfLastLines(output: string): number {
  let at = output.endsWith('\n') ? output.length - 1 : output.length;
  for (let lines = 0; lines < MOST_LINES; lines++) {
    at = at === 0 ? -1 : output.lastIndexOf('\n', at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}
