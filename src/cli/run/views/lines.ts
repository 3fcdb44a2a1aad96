import type { ExecutionResult } from '../../../index.js';
import type { Console } from '../../console.js';
import type { Colours } from '../../text/colours.js';
import { durationOf } from '../../text/duration.js';
import { plainText } from '../../text/plain-text.js';
import { ending } from '../ending.js';
import type { PlanOnShow, RunView } from '../view.js';

/** For pipes and files: the lines of all commands as they come, each after the name of its command, and how each ended among the errors. */
export function lineView({ out, err, say }: Console, { labels, logged }: PlanOnShow, colours: Colours): RunView {
  return {
    told(event) {
      if (event.type === 'stdout' || event.type === 'stderr') {
        const sink = event.type === 'stdout' ? out : err;
        sink.write(`${colours.strong(labels(event.executionId))} | ${plainText(event.line)}\n`);
      } else if ('result' in event && event.type !== 'plan_finished') {
        say(`${labels(event.executionId)}: ${howItEnded(event.result)}`);
      } else if (event.type === 'retrying') {
        say(`${labels(event.executionId)}: will be tried again in ${durationOf(event.delayMs)}`);
      }
    },
    ended(result) {
      for (const line of ending(result, { labels, colours, tailOf: () => [], logged })) say(line);
    },
  };
}

function howItEnded({ error, durationMs }: ExecutionResult): string {
  return error ? `${error.message} (after ${durationOf(durationMs)})` : `completed in ${durationOf(durationMs)}`;
}
