import type { Console } from '../../console.js';
import type { Colours } from '../../text/colours.js';
import { oneLine } from '../../text/one-line.js';
import { plainText } from '../../text/plain-text.js';
import type { ItemView } from '../view.js';
import { complain } from './complain.js';

/** Lines as they come, each with its item before it. */
export function lineView(console: Console, colours: Colours): ItemView {
  return {
    started(item, { output$ }) {
      const prefix = colours.strong(oneLine(item));
      output$.subscribe(({ stream, line }) => {
        const sink = stream === 'stdout' ? console.out : console.err;
        sink.write(`${prefix} | ${plainText(line)}\n`);
      });
    },
    ended: (outcome) => complain(outcome, console),
  };
}
