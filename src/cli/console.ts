import { isatty } from 'node:tty';
import { Interruption } from './interruption.js';
import { Sink } from './output/sink.js';
import { type Colours, coloursOf, wantsColours } from './text/colours.js';

/** Where the command is run: its streams, its environment, and what may end it early. */
export interface Console {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Sink;
  readonly err: Sink;
  readonly interruption: Interruption;
  /** Whether a person looks at both streams in a terminal that can redraw. */
  readonly live: boolean;
  /** As `--no-color` gives it, for what goes to either stream. */
  colours(option: boolean | undefined): Colours;
  /** A message of the command's own, on standard error. */
  say(message: string): void;
}

// `process.stdout` is left alone: to make it would make its descriptor non-blocking, for everyone who shares it.
export function openConsole(env: NodeJS.ProcessEnv = process.env): Console {
  const interruption = new Interruption();
  const lost = (error: Error) => interruption.outputLost(error);
  const out = new Sink(1, lost);
  const err = new Sink(2, lost);
  const [outIsTerminal, errIsTerminal] = [isatty(1), isatty(2)];
  return {
    env,
    out,
    err,
    interruption,
    live: outIsTerminal && errIsTerminal && env.TERM !== 'dumb',
    colours: (option) => coloursOf(wantsColours(env, option, outIsTerminal && errIsTerminal)),
    say: (message) => err.write(`execrx: ${message}\n`),
  };
}
