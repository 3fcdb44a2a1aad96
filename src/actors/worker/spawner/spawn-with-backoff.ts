import { setTimeout as pause } from 'node:timers/promises';
import type { SpawnAnswer, Spawner, SpawnSpec } from './spawner.js';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 500;
const PATIENCE_MS = 5_000;

/**
 * Tries again while the system is only short of something for the moment: mass spawning meets EAGAIN and EMFILE, and a moment
 * later there is room. Gives up after five seconds, or when `abandoned` says that nobody wants the process any more.
 */
export async function spawnWithBackoff(
  spawner: Spawner,
  spec: SpawnSpec,
  abandoned: () => boolean,
): Promise<SpawnAnswer> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const answer = await spawner.spawn(spec);
    if (answer.type === 'spawned' || !answer.transient || abandoned() || performance.now() > giveUpAt) return answer;
    await pause(pauseMs);
    if (abandoned()) return answer;
  }
}
