import { sendSignal } from '../../process/process-tree.js';
import type { SpawnAnswer } from './spawner.js';

/** Ends a process that nobody waits for any more. */
export function discard(answer: SpawnAnswer): void {
  if (answer.type === 'refused') return;
  const { process: late } = answer;
  sendSignal(-late.pid, 'SIGKILL');
  for (const stream of [late.stdin, late.stdout, late.stderr]) stream?.destroy();
  late.onExit(() => late.release());
}
