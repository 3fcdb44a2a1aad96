import { type Clock, systemClock } from '#lib/actors/kernel/clock.js';

/** Real time, only faster: what takes a minute takes a minute divided by `factor`. */
export function hurriedClock(factor: number): Clock {
  return {
    ...systemClock,
    monotonicMs: () => systemClock.monotonicMs() * factor,
    setTimeout: (callback, delayMs) => systemClock.setTimeout(callback, delayMs / factor),
  };
}
