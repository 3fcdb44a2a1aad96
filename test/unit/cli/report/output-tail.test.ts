import { expect } from 'chai';
import { charactersEach, tailOf } from '#dist/cli/report/output-tail.js';

const numbered = (lines: number) => Array.from({ length: lines }, (_, index) => `line ${index}\n`).join('');

describe('tailOf', () => {
  it('is the whole of a short output', () => {
    expect(tailOf('a\nb\n')).to.deep.equal({ text: 'a\nb', cut: false });
    expect(tailOf('')).to.deep.equal({ text: '', cut: false });
    expect(tailOf('\n')).to.deep.equal({ text: '', cut: false });
    expect(tailOf('\na')).to.deep.equal({ text: '\na', cut: false });
    expect(tailOf(numbered(200)).cut).to.equal(false);
  });

  it('is the last 200 lines of a longer one, whether or not it ends with a line feed', () => {
    for (const output of [numbered(1_000), numbered(1_000).slice(0, -1)]) {
      const { text, cut } = tailOf(output);
      const lines = text.split('\n');
      expect([lines.length, lines[0], lines.at(-1), cut]).to.deep.equal([200, 'line 800', 'line 999', true]);
    }
  });

  it('is no longer than it may be, however long the lines are', () => {
    expect(tailOf(`${'x'.repeat(1_000_000)}end`, 100)).to.deep.equal({ text: `${'x'.repeat(97)}end`, cut: true });
  });

  it('is plain text, with U+FFFD where it was cut within a character', () => {
    expect(tailOf('\x1b[31m😀red\x1b[0m', 8).text).to.equal('\ufffdred');
  });
});

describe('charactersEach', () => {
  it('shares 16 Mi among the streams, within 1 Ki and 32 Ki for each', () => {
    expect([0, 1, 512, 1_024, 20_000].map(charactersEach)).to.deep.equal([32_768, 32_768, 32_768, 16_384, 1_024]);
  });
});
