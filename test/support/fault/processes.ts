import { environmentOf, everyPid } from '../proc.js';

/** The variable that every descendant of an engine under test inherits, whatever session or group it has moved to. */
export const MARK_VARIABLE = 'FAULT_TEST_MARK';

/** Living processes that inherited this mark, the calling process excluded. */
export function processesMarked(mark: string): number[] {
  const needle = `${MARK_VARIABLE}=${mark}`;
  return everyPid().filter((pid) => pid !== process.pid && environmentOf(pid).includes(needle));
}
