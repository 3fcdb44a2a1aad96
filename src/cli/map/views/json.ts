import type { ExecutionEngine } from '../../../index.js';
import type { Console } from '../../console.js';
import { writeEvents } from '../../output/json-lines.js';
import type { ItemView } from '../view.js';
import { complain } from './complain.js';

/** For programs: every event as one line of JSON, those of a command with its item. */
export function jsonView(engine: ExecutionEngine, console: Console): ItemView {
  const items = new Map<string, string>();
  writeEvents(engine, console.out, (event) => {
    if ('planId' in event) return {};
    const item = items.get(event.executionId);
    if ('result' in event) items.delete(event.executionId);
    return { item };
  });
  return {
    started: (item, { id }) => items.set(id, item),
    ended: (outcome) => complain(outcome, console),
  };
}
