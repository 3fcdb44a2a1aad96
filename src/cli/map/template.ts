import type { ExecCommand } from '../../index.js';
import { BadInputError } from '../exit-code.js';
import { splitWords } from '../text/words.js';
import { PLACE, shellText } from './shell-text.js';

/**
 * How an item becomes a command. Without `shell`, the template is split into words and the item takes the place of each `{}` in them, as data:
 * whatever it holds, it stays within its word. With no `{}` it is the last argument.
 * @throws {BadInputError} for a template that is empty, or has a quote that is not closed
 */
export function commandOf(template: string, shell: boolean): (item: string) => ExecCommand {
  if (template.trim() === '')
    throw new BadInputError("The template is empty: expected a command, such as 'gzip -k {}'.");
  return shell ? viaShell(template) : viaWords(template);
}

function viaWords(template: string): (item: string) => ExecCommand {
  const split = splitWords(template);
  if ('unclosed' in split)
    throw new BadInputError(`The template has a ${split.unclosed} that is not closed: ${template}`);
  const words = split.words.some((word) => word.includes(PLACE)) ? split.words : [...split.words, PLACE];
  const parts = words.map((word) => word.split(PLACE));
  return (item) => {
    const [program = '', ...args] = parts.map((part) => part.join(item));
    return { type: 'exec', program, args };
  };
}

/** The text is the same for every item; the item is its first argument. */
function viaShell(template: string): (item: string) => ExecCommand {
  const text = shellText(template);
  return (item) => ({ type: 'exec', program: 'bash', args: ['-c', text, 'execrx', item] });
}
