/** The beginning of a text in so many characters, with an ellipsis where something is missing. For what need not fit into columns. */
export function shortened(text: string, longest: number): string {
  // Enough for one more than there is room for, when all are pairs of surrogates.
  const characters = [...text.slice(0, 2 * (longest + 1))];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}
