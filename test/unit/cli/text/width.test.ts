import { expect } from 'chai';
import { cut, pad, rowsTaken, widthOf } from '#lib/cli/text/width.js';
import { fc } from '../../../support/fast-check.js';

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '漢', '😀', '👩‍💻', 'é', 'e\u0301', '\x1b[31m', '\x1b[39m', 'ｱ'),
  maxLength: 30,
});
const columns = fc.integer({ min: 0, max: 40 });

describe('cut', () => {
  it('leaves alone what fits, and says where something is missing', () => {
    expect(cut('abcdef', 6)).to.equal('abcdef');
    expect(cut('abcdef', 5)).to.equal('abcd…');
    expect(cut('漢字漢字', 8)).to.equal('漢字漢字');
    expect(cut('漢字漢字', 1)).to.equal('…');
    expect(cut('漢字漢字', 0)).to.equal('');
  });

  it('leaves out a wide character that only half fits', () => {
    expect(cut('漢字漢字', 6)).to.equal('漢字…');
  });

  it('closes colours that it cuts', () => {
    expect(cut('\x1b[31mabcdef\x1b[39m', 4)).to.equal('\x1b[31mabc\x1b[39m…');
  });

  it('is never wider than asked', () => {
    fc.assert(
      fc.property(text, columns, (whole, width) => {
        expect(widthOf(cut(whole, width))).to.be.at.most(width);
      }),
    );
  });
});

describe('pad', () => {
  it('is always as wide as asked', () => {
    fc.assert(
      fc.property(text, columns, (whole, width) => {
        expect(widthOf(pad(whole, width))).to.equal(width);
      }),
    );
  });
});

describe('rowsTaken', () => {
  for (const [row, width, taken] of [
    ['', 10, 1],
    ['abcde', 5, 1],
    ['abcdef', 5, 2],
    ['\x1b[31mabcde\x1b[39m', 5, 1],
    // A wide character does not fit into the last of five columns.
    ['漢字漢字', 5, 2],
    ['漢字漢字漢', 5, 3],
  ] as const) {
    it(`is ${taken} for ${JSON.stringify(row)} in ${width} columns`, () => {
      expect(rowsTaken(row, width)).to.equal(taken);
    });
  }
});
