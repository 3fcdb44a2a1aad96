/**
 * Splits a template into words: white space separates, single and double quotes group, and a quoted part joins what it touches. There is
 * nothing else: no backslash, no variable, no pattern.
 * @returns the words, or which quote is not closed
 */
export function splitWords(template: string): { words: string[] } | { unclosed: string } {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of template) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== null) return { unclosed: quote };
  if (word !== null) words.push(word);
  return { words };
}

/** Words as one line that a shell, and `splitWords`, take apart into the same words. */
export function joinWords(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}
