/** How text is emphasised; each leaves it as it is where no colours are wanted. */
export interface Colours {
  readonly enabled: boolean;
  good(text: string): string;
  bad(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

export function coloursOf(enabled: boolean): Colours {
  const style = (on: number, off: number) => (text: string) =>
    enabled && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return { enabled, good: style(32, 39), bad: style(31, 39), strong: style(1, 22), faint: style(2, 22) };
}

/**
 * `--no-color` wins, then `FORCE_COLOR` (`0` and `false` mean no), then `NO_COLOR` (anything but empty), then whether someone reads it in a
 * terminal that knows colours.
 */
export function wantsColours(
  env: Readonly<Record<string, string | undefined>>,
  option: boolean | undefined,
  terminal: boolean,
): boolean {
  if (option === false) return false;
  const { FORCE_COLOR: force, NO_COLOR: no } = env;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return terminal && env.TERM !== 'dumb';
}
