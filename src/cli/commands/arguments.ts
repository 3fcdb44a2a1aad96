import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../text/parse-duration.js';

/** @throws {InvalidArgumentError} */
export function wholeNumberFrom1(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > 1_000_000) throw new InvalidArgumentError('Expected a whole number from 1 to 1,000,000.');
  return value;
}

/** In milliseconds. @throws {InvalidArgumentError} */
export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) {
    throw new InvalidArgumentError(
      'Expected a duration such as 1500ms, 30s, 5m or 2h, or a number of seconds; up to 24 days.',
    );
  }
  return ms;
}
