import { BadInputError } from '../exit-code.js';

/** Stands for the item. */
export const PLACE = '{}';

/**
 * A template as text for `bash -c` whose first argument is the item: `{}` becomes `"$1"`, so that the shell never reads the item as text. With no
 * `{}`, `"$1"` comes last. `\{}` stays as it is.
 * @throws {BadInputError} for a `{}` within quotes, where `"$1"` would mean something else
 */
export function shellText(template: string): string {
  let text = '';
  let places = 0;
  let quote: string | null = null;
  for (let at = 0; at < template.length; at++) {
    const character = template.charAt(at);
    if (template.startsWith(PLACE, at)) {
      if (quote !== null) throw withinQuotes(template);
      text += '"$1"';
      places++;
      at += PLACE.length - 1;
    } else if (character === '\\' && quote !== "'") {
      text += template.slice(at, at + 2);
      at++;
    } else {
      if (character === quote) quote = null;
      else if (quote === null && (character === "'" || character === '"')) quote = character;
      text += character;
    }
  }
  return places === 0 ? `${text} "$1"` : text;
}

function withinQuotes(template: string): BadInputError {
  return new BadInputError(
    `With --shell, {} must stand outside quotes, for it becomes "$1" (write $1 itself within double quotes): ${template}`,
  );
}
