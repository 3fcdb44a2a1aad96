import type { Console } from '../../console.js';
import type { PlanOnShow, RunView } from '../view.js';

/** For programs: every event as one line of JSON, those of a command with its name, and nothing else. */
export function jsonView({ out }: Console, { labels }: Pick<PlanOnShow, 'labels'>): RunView {
  return {
    told(event) {
      const told = 'planId' in event ? event : { ...event, name: labels(event.executionId) };
      out.write(`${JSON.stringify(told)}\n`);
    },
    ended: () => {},
  };
}
