// Escape sequences as ECMA-48 builds them: strings up to their terminator (OSC, DCS, SOS, PM, APC), then CSI, then the short ones. One that is
// cut off by the end of the line counts.
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)|(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)|\x1b[ -/]*[0-~]?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const COLOUR = /^\x1b\[[\d;:]*m$/;

/**
 * A line of a command as it may be shown beside others: what would move the cursor, clear the screen, turn the text around or ring is taken
 * out, and of a line that was written over with carriage returns the last state stays. Colours may stay.
 */
export function clean(line: string, keepColours = false): string {
  const last = afterLastReturn(line);
  if (!keepColours) return last.replace(SEQUENCES, '').replace(CONTROLS, '').replaceAll('\t', '  ');
  let coloured = false;
  const parts: string[] = [];
  let from = 0;
  for (const match of last.matchAll(SEQUENCES)) {
    parts.push(last.slice(from, match.index).replace(CONTROLS, ''));
    from = match.index + match[0].length;
    if (!COLOUR.test(match[0])) continue;
    parts.push(match[0]);
    coloured = true;
  }
  parts.push(last.slice(from).replace(CONTROLS, ''));
  return parts.join('').replaceAll('\t', '  ') + (coloured ? '\x1b[0m' : '');
}

function afterLastReturn(line: string): string {
  if (!line.includes('\r')) return line;
  return line.split('\r').findLast((state) => state !== '') ?? '';
}
