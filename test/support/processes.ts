import { eventually } from './eventually.js';
import { commandLineOf, everyPid, isRunning } from './proc.js';

/** Running processes with this text in their command line. */
export function processesWith(text: string): number[] {
  return everyPid().filter((pid) => pid !== process.pid && commandLineOf(pid).includes(text));
}

export async function untilGone(pids: readonly number[], deadlineMs?: number): Promise<void> {
  await eventually(`processes ${pids.join(', ')} are gone`, () => !pids.some(isRunning), deadlineMs);
}
