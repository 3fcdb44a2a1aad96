import { expect } from 'chai';
import { clock } from '#lib/cli/text/clock.js';

describe('clock', () => {
  for (const [ms, text] of [
    [0, '0:00'],
    [-5, '0:00'],
    [7_999, '0:07'],
    [754_000, '12:34'],
    [3_600_000, '1:00:00'],
    [3_723_000, '1:02:03'],
    [360_000_000, '100:00:00'],
  ] as const) {
    it(`shows ${ms} ms as ${text}`, () => {
      expect(clock(ms)).to.equal(text);
    });
  }
});
