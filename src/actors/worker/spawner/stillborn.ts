/**
 * Out of descriptors, Node makes a child process without streams and tells why in the next tick, as an `error` event. execa stumbles over
 * the missing streams and throws, so nobody would listen for that event and the whole thread would die of it. Node publishes each
 * child it makes on a diagnostics channel; that is the only other way to the child.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';

let latest: ChildProcess | null = null;
subscribe('child_process', (message) => {
  latest = (message as { process: ChildProcess }).process;
});

/** Runs `start`, which makes one child. Where it throws because the child has no streams, says what the system said, in time. */
export function bornOrReason<T>(start: () => T): { child: T } | { reason: Promise<unknown> } {
  latest = null;
  try {
    return { child: start() };
  } catch (error) {
    const stillborn = latest as ChildProcess | null;
    if (!stillborn || stillborn.stdio) return { reason: Promise.resolve(error) };
    return { reason: once(stillborn, 'error').then(([reason]) => reason) };
  } finally {
    latest = null;
  }
}
