import { expect } from 'chai';
import { oneLine } from '#lib/cli/text/one-line.js';
import { fc } from '../../../support/fast-check.js';

describe('oneLine', () => {
  it('puts lines and tabs beside one another, without escape sequences', () => {
    expect(oneLine('a\tb\nc\x1b[2J\x1b]0;title\x07d')).to.equal('a b cd');
  });

  it('shows what a line that was written over says at last', () => {
    expect(oneLine('10 %\r20 %\r30 %')).to.equal('30 %');
  });

  it('holds no control character, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
        expect(oneLine(text)).not.to.match(/[\x00-\x1f\x7f-\x9f]/);
      }),
    );
  });
});
