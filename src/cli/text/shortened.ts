/** The beginning of a text, with an ellipsis where something is missing. For what need not fit into columns. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return `${[...text.slice(0, 2 * characters)].slice(0, characters - 1).join('')}…`;
}
