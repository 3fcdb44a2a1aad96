import { expect } from 'chai';
import { plainText } from '#lib/cli/text/plain-text.js';
import { fc } from '../../../support/fast-check.js';
import { hostileText } from '../../../support/hostile-text.js';

describe('plainText', () => {
  it('leaves ordinary text as it is, with tabs, line feeds and characters of any language', () => {
    const text = 'a\tb\n  ärger 日本語 😀 <b> & "quoted"\n';
    expect(plainText(text)).to.equal(text);
  });

  it('takes out colours, cursor movements, titles and links', () => {
    expect(plainText('\x1b[1;31mred\x1b[0m \x1b[2K\x1b[1Aup\x1b(B')).to.equal('red up');
    expect(plainText('\x1b]0;title\x07a\x1b]8;;https://x.invalid\x1b\\link\x1b]8;;\x1b\\')).to.equal('alink');
    expect(plainText('\u009b31mred\u009b0m')).to.equal('red');
  });

  it('loses no more than the rest of its line to a sequence that is not ended', () => {
    expect(plainText('a\x1b]0;title\nb\x1b[12\nc\x1b')).to.equal('a\nb\nc');
  });

  it('shows a line that was written over as it was at last', () => {
    expect(plainText('10 %\r50 %\r100 %\ndone\r\n')).to.equal('100 %\ndone\n');
    expect(plainText('\r\r\n\r')).to.equal('\n');
  });

  it('has no control characters, nothing that turns the direction, and nothing that is no character', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(plainText(text)).not.to.match(
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
          /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\p{Surrogate}\p{Noncharacter_Code_Point}]/u,
        );
      }),
    );
  });

  it('keeps a line that was written over with nothing that could be seen', () => {
    expect(plainText('kept\r\0\x1b]0;never ended')).to.equal('kept');
    expect(plainText('kept\r\x07\r\u202e\nnext')).to.equal('kept\nnext');
  });

  it('shows U+FFFD for half a character', () => {
    expect(plainText('a\ud800b\udc00c😀')).to.equal('a\ufffdb\ufffdc😀');
  });

  it('looks at each character of an unfriendly text a few times only', function () {
    // Quadratic time would be minutes.
    this.timeout(20_000);
    for (const piece of ['\x1b]', '\x1b[', '\x1b[1;', '\r', '\x1b', '\x90', '\x1b]\x1b', 'a\r']) {
      expect(plainText(piece.repeat(1_000_000)).length).to.be.at.most(1_000_000);
    }
  });
});
