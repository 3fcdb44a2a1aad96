import type { ExecutionEngine } from '../../../index.js';
import type { Console } from '../../console.js';
import { passOutputOn } from '../../output/whole-output.js';
import type { Colours } from '../../text/colours.js';
import { oneLine } from '../../text/one-line.js';
import { LiveScreen } from '../../view/live-screen.js';
import { type ItemView, problemOf } from '../view.js';
import { complain } from './complain.js';

/**
 * For a person at a terminal: a row for each item whose command runs, and its output above, in one piece, once it has ended.
 * `total`: how many items there are; `null` where that is not known yet.
 */
export function liveView(engine: ExecutionEngine, console: Console, colours: Colours, total: number | null): ItemView {
  const items = new Map<string, string>();
  const screen = new LiveScreen(console, colours, total);
  engine.events$.subscribe((event) => screen.advance(event, (id) => items.get(id) ?? ''));
  return {
    started: (item, { id }) => items.set(id, oneLine(item)),
    ended(outcome) {
      if ('problem' in outcome) screen.count('failed');
      if ('result' in outcome) items.delete(outcome.result.id);
      if (problemOf(outcome) === null && 'result' in outcome && wroteNothing(outcome.result)) return;
      screen.above(() => {
        if ('result' in outcome) passOutputOn(outcome.result.output, console.out, console.err, { endLines: true });
        complain(outcome, console);
      });
    },
    allRead: (count) => screen.expect(count),
    finish: () => screen.stop(),
  };
}

function wroteNothing({
  output: { stdoutBytes, stderrBytes },
}: {
  output: { stdoutBytes: number; stderrBytes: number };
}) {
  return stdoutBytes + stderrBytes === 0;
}
