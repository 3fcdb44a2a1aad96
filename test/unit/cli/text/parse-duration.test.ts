import { expect } from 'chai';
import { parseDuration } from '#lib/cli/text/parse-duration.js';

describe('parseDuration', () => {
  for (const [text, ms] of [
    ['1500ms', 1_500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1.5h', 5_400_000],
    ['30', 30_000],
    ['0.25', 250],
  ] as const) {
    it(`takes ${text}`, () => {
      expect(parseDuration(text)).to.equal(ms);
    });
  }

  for (const text of ['', '0', '0.1ms', '-1s', '5 m', '5d', '1e3', 'ms', '25000h', '5m30s']) {
    it(`refuses '${text}'`, () => {
      expect(parseDuration(text)).to.equal(null);
    });
  }
});
