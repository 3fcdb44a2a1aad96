import type { Console } from '../../console.js';
import type { RunView } from '../view.js';

/** For programs: every event as one line of JSON, and nothing else. */
export function jsonView({ out }: Console): RunView {
  return {
    told: (event) => out.write(`${JSON.stringify(event)}\n`),
    ended: () => {},
  };
}
