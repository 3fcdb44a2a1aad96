import { expect } from 'chai';
import { markup } from '#dist/cli/report/markup.js';
import { fc } from '../../../support/fast-check.js';
import { hostileText } from '../../../support/hostile-text.js';

describe('markup', () => {
  it('escapes text, and leaves markup as it is, in lists too', () => {
    const item = (text: string) => markup`<li title="${text}">${text}</li>`;
    expect(markup`<ul>${['<', '&'].map(item)}${null}${2}</ul>`.toString()).to.equal(
      '<ul><li title="&lt;">&lt;</li><li title="&amp;">&amp;</li>2</ul>',
    );
  });

  it('keeps text within its element or its quotes, and free of what no document may contain', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const escaped = markup`${text}`.toString();
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
        expect(escaped).not.to.match(/[<>"'\x00-\x08\x0b\x0c\x0e-\x1f\p{Surrogate}\p{Noncharacter_Code_Point}]/u);
        expect(escaped).not.to.match(/&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it('writes U+FFFD for what no document may contain, and loses nothing else', () => {
    expect(markup`${'a\0b\ud800c\uffffd\ud83d\ude00'}`.toString()).to.include('a\ufffdb\ufffdc\ufffdd😀');
  });
});
