import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 5;

type NotYet = false | null | undefined;
type Probed<T> = T | NotYet | Promise<T | NotYet>;

/** Polls until `probe` returns something truthy and returns that; rejects when the deadline passes first. */
export async function eventually<T>(what: string, probe: () => Probed<T>, deadlineMs = 10_000): Promise<T> {
  const giveUpAt = performance.now() + deadlineMs;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (performance.now() > giveUpAt) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await pause(POLL_MS);
  }
}

/** Lets every microtask and every message of this turn of the event loop be handled. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Lets an actor handle up to `messages` messages, however few of them a slow machine lets it handle in a turn. */
export async function turnsFor(messages = 50): Promise<void> {
  for (let turn = 0; turn < messages; turn++) await nextTurn();
}
