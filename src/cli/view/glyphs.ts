/** The marks a view is drawn with. */
export interface Glyphs {
  spinner: readonly string[];
  waiting: string;
  completed: string;
  failed: string;
  cancelled: string;
  full: string;
  empty: string;
}

const UNICODE: Glyphs = {
  spinner: [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'],
  waiting: '↻',
  completed: '✔',
  failed: '✖',
  cancelled: '⊘',
  full: '█',
  empty: '░',
};
const ASCII: Glyphs = {
  spinner: [...'-\\|/'],
  waiting: '~',
  completed: '+',
  failed: 'x',
  cancelled: '/',
  full: '#',
  empty: '.',
};

/** As the locale allows, by the variables POSIX looks at, the first that is set. */
export function glyphsFor(env: Readonly<Record<string, string | undefined>>): Glyphs {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale) ? UNICODE : ASCII;
}
