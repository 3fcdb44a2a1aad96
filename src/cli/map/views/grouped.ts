import type { Console } from '../../console.js';
import { dropOutput, type OutputFiles, passOutputOn } from '../../output/whole-output.js';
import { type ItemView, problemOf } from '../view.js';
import { complain } from './complain.js';

/** The output of each command in one piece, once it has ended. `quiet`: of the failed ones only. */
export function groupedView(console: Console, quiet: boolean): ItemView {
  const show = (files: OutputFiles, wanted: boolean) =>
    wanted ? passOutputOn(files, console.out, console.err) : dropOutput(files);
  return {
    ended(outcome) {
      const wanted = !quiet || problemOf(outcome) !== null;
      if ('result' in outcome) show(outcome.result.output, wanted);
      if ('end' in outcome) {
        const { end } = outcome;
        if (wanted) {
          console.out.writeBinary(end.stdout);
          console.err.writeBinary(end.stderr);
        }
        show(end, wanted);
      }
      complain(outcome, console);
    },
  };
}
