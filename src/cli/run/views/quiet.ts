import type { Console } from '../../console.js';
import type { Colours } from '../../text/colours.js';
import { ending } from '../ending.js';
import { tailOfResult } from '../tail.js';
import type { PlanOnShow, RunView } from '../view.js';

/** Only what failed, at the end. */
export function quietView({ err }: Console, { labels, logged }: PlanOnShow, colours: Colours): RunView {
  return {
    told: () => {},
    ended(result) {
      if (result.status === 'completed') return;
      for (const line of ending(result, { labels, colours, tailOf: tailOfResult, logged })) err.write(`${line}\n`);
    },
  };
}
