import type { Console } from '../../console.js';
import { clean } from '../../text/clean.js';
import type { Colours } from '../../text/colours.js';
import type { ItemView } from '../view.js';
import { complain } from './complain.js';

/** Lines as they come, each with its item before it. */
export function lineView(console: Console, colours: Colours): ItemView {
  return {
    started(item, { output$ }) {
      const prefix = colours.strong(clean(item.replaceAll('\n', ' ')));
      output$.subscribe(({ stream, line }) => {
        const sink = stream === 'stdout' ? console.out : console.err;
        sink.write(`${prefix} | ${clean(line, colours.enabled)}\n`);
      });
    },
    ended: (outcome) => complain(outcome, console),
  };
}
