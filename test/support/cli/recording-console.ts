import type { Console } from '#lib/cli/console.js';
import { Interruption } from '#lib/cli/interruption.js';
import type { Sink } from '#lib/cli/output/sink.js';
import { coloursOf } from '#lib/cli/text/colours.js';

/** A console that remembers what was written to it. */
export function recordingConsole(): Console & { written: { out: string; err: string } } {
  const written = { out: '', err: '' };
  const sink = (name: 'out' | 'err') =>
    ({
      write: (text: string) => {
        written[name] += text;
      },
      flush: () => {},
    }) as unknown as Sink;
  return {
    written,
    env: {},
    out: sink('out'),
    err: sink('err'),
    interruption: new Interruption(() => {}),
    live: false,
    colours: () => coloursOf(false),
    say: (message) => {
      written.err += `execrx: ${message}\n`;
    },
  };
}
