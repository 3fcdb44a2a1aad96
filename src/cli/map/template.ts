import type { ExecCommand } from '../../index.js';
import { BadInputError } from '../exit-code.js';
import { splitWords } from '../text/words.js';
import { PLACE, shellText } from './shell-text.js';

/** How an item becomes a command: each word in parts, between which the item goes. */
export interface Template {
  /** The program, and its arguments. */
  readonly words: readonly (readonly string[])[];
}

/**
 * Without `shell`, the template is split into words and the item takes the place of each `{}` in them, as data: whatever it holds, it stays within
 * its word. With no `{}` it is the last argument. With `shell`, the text is the same for every item; the item is its first argument.
 * @throws {BadInputError} for a template that is empty, or has a quote that is not closed
 */
export function parseTemplate(template: string, shell: boolean): Template {
  if (template.trim() === '')
    throw new BadInputError("The template is empty: expected a command, such as 'gzip -k {}'.");
  if (shell) return { words: [['bash'], ['-c'], [shellText(template)], ['execrx'], ['', '']] };
  const split = splitWords(template);
  if ('unclosed' in split)
    throw new BadInputError(`The template has a ${split.unclosed} that is not closed: ${template}`);
  const words = split.words.some((word) => word.includes(PLACE)) ? split.words : [...split.words, PLACE];
  return { words: words.map((word) => word.split(PLACE)) };
}

export function commandFor(item: string, { words }: Template): ExecCommand {
  const [program = '', ...args] = words.map((parts) => parts.join(item));
  return { type: 'exec', program, args };
}
