import { constants } from 'node:os';
import type { SignalName } from './execution.js';

const names = new Map<number, string>();
for (const [name, number] of Object.entries(constants.signals)) if (!names.has(number)) names.set(number, name);

/** The name of a signal's number as Node spells it; `null` for 0. Real-time signals have no name there: SIGUNUSED stands for them. */
export function signalName(number: number): SignalName | null {
  return number === 0 ? null : ((names.get(number) ?? 'SIGUNUSED') as SignalName);
}
