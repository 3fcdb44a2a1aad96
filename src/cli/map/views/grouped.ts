import type { Console } from '../../console.js';
import { dropOutput, passOutputOn } from '../../output/whole-output.js';
import { type ItemView, problemOf } from '../view.js';
import { complain } from './complain.js';

/** The output of each command in one piece, once it has ended. `quiet`: of the failed ones only. */
export function groupedView(console: Console, quiet: boolean): ItemView {
  return {
    ended(outcome) {
      if ('result' in outcome) {
        if (quiet && problemOf(outcome) === null) dropOutput(outcome.result);
        else passOutputOn(outcome.result, console.out, console.err);
      }
      complain(outcome, console);
    },
  };
}
