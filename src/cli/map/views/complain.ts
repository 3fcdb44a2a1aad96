import type { Console } from '../../console.js';
import { oneLine } from '../../text/one-line.js';
import { shortened } from '../../text/shortened.js';
import { type ItemOutcome, problemOf } from '../view.js';

const ITEM_CHARACTERS = 200;

/** Says on standard error what failed for which item, if it did. After an interruption that is no news. */
export function complain(outcome: ItemOutcome, { say, interruption }: Console): void {
  const problem = problemOf(outcome);
  if (problem === null || interruption.begun) return;
  say(`${shortened(oneLine(outcome.item), ITEM_CHARACTERS)}: ${problem}`);
}
