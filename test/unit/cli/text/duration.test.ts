import { expect } from 'chai';
import { durationOf } from '#dist/cli/text/duration.js';
import { fc } from '../../../support/fast-check.js';

const UNITS_MS: Record<string, number> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

describe('durationOf', () => {
  it('has about three digits, in the unit that fits', () => {
    const shown = [0, 0.04, 7.34, 12, 420.4, 1_240, 12_440, 125_000, 3_720_000, 360_000_000].map(durationOf);
    expect(shown).to.deep.equal([
      '0 ms',
      '0.0 ms',
      '7.3 ms',
      '12 ms',
      '420 ms',
      '1.24 s',
      '12.4 s',
      '2 min 05 s',
      '1 h 02 min',
      '100 h 00 min',
    ]);
  });

  it('changes to the next unit where rounding reaches it', () => {
    const shown = [9.96, 999.6, 9_996, 59_960, 3_599_600].map(durationOf);
    expect(shown).to.deep.equal(['10 ms', '1.00 s', '10.0 s', '1 min 00 s', '1 h 00 min']);
  });

  it('is within one in a hundred of what it tells of, or half of its last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (ms) => {
        const parts = [...durationOf(ms).matchAll(/([\d.]+) (\w+)/g)];
        const toldMs = parts.reduce(
          (sum, [, value, unit]) => sum + Number(value) * (UNITS_MS[unit ?? ''] ?? Number.NaN),
          0,
        );
        expect(Math.abs(toldMs - ms)).to.be.at.most(Math.max(0.051, ms / 100));
      }),
    );
  });
});
