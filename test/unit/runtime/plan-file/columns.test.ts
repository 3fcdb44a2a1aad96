import { expect } from 'chai';
import { widthOf } from '#lib/cli/text/width.js';
import { columnsOf } from '#lib/runtime/plan-file/columns.js';
import { fc } from '../../../support/fast-check.js';

describe('columnsOf', () => {
  for (const [text, columns] of [
    ['abc é', 5],
    ['漢字、かなカナ', 14],
    ['한글', 4],
    ['ＡＢ', 4],
    ['e\u0301', 1],
    ['😀👩‍👩‍👧🇫🇷', 6],
    ['✔', 1],
    ['✔\ufe0f', 2],
    ['\u200b', 0],
    ['', 0],
  ] as const) {
    it(`is ${columns} for ${JSON.stringify(text)}`, () => {
      expect(columnsOf(text)).to.equal(columns);
    });
  }

  it('is what the view of a run takes them for', () => {
    const unit = fc.constantFrom(...'aé漢字、。「かナーｱ한Ａ～－￥…·✔😀🚀Ωж\u0301\u200b\u{20000}');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        expect(columnsOf(text)).to.equal(widthOf(text));
      }),
    );
  });
});
