import { systemClock } from '../kernel/clock.js';
import { descendantsOf, sendSignal, signalIfSame } from '../process/process-tree.js';
import type { Launcher } from './launcher.js';

/** How long to go on killing. Nothing survives SIGKILL but what the kernel holds in a system call. */
const PATIENCE_MS = 900;
const PAUSE_MS = 2;

/**
 * The owner is gone: kills every process group, every descendant, and every orphan that becomes our child as its parent dies, until we have
 * no child left. Blocks: there is nothing else to do any more.
 */
export function endEverything(launcher: Launcher): void {
  launcher.beginNothingMore();
  const giveUpAt = systemClock.monotonicMs() + PATIENCE_MS;
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    for (const group of launcher.running) sendSignal(-group, 'SIGKILL');
    const left = descendantsOf(process.pid);
    for (const descendant of left) signalIfSame(descendant, 'SIGKILL');
    launcher.reapAll();
    if (left.length === 0 || systemClock.monotonicMs() > giveUpAt) return;
    Atomics.wait(sleeper, 0, 0, PAUSE_MS);
  }
}
