const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What neither XML 1.0 nor HTML may contain, not even as a character reference: controls, halves of characters, code points that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const ILLEGAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** A piece of HTML or XML. Only `markup` makes it, so what is in it was written here or has been escaped. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** @internal */
  static of(text: string): Markup {
    return new Markup(text);
  }

  toString(): string {
    return this.#text;
  }
}

export type Piece = Markup | string | number | null | readonly Piece[];

/**
 * A template of HTML or XML: strings are escaped, for text and for attributes in quotes alike, and U+FFFD stands for what no document may
 * contain; `null` is nothing.
 */
export function markup(template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return Markup.of(template.map((text, at) => (at === 0 ? text : write(pieces[at - 1] ?? null) + text)).join(''));
}

function write(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Markup) return piece.toString();
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  return piece.map(write).join('');
}

function escaped(text: string): string {
  return text.replace(ILLEGAL, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
