import { expect } from 'chai';
import { shortened } from '#lib/cli/text/shortened.js';

describe('shortened', () => {
  it('leaves a text that is short enough as it is', () => {
    for (const text of ['', 'a', 'abcde', '漢字', '😀'.repeat(5)]) expect(shortened(text, 5)).to.equal(text);
  });

  it('says where something is missing, and breaks no character', () => {
    expect(shortened('abcdef', 5)).to.equal('abcd…');
    expect(shortened('😀'.repeat(9), 5)).to.equal('😀😀😀😀…');
  });
});
