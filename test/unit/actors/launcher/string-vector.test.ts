import { expect } from 'chai';
import koffi from 'koffi';
import { StringVector } from '#lib/actors/launcher/string-vector.js';

/** As C would read it: pointers up to a null one. */
function read({ memory }: StringVector): string[] {
  const texts: string[] = [];
  for (let at = 0; memory.readBigUInt64LE(at) !== 0n; at += 8) {
    const start = Number(memory.readBigUInt64LE(at) - koffi.address(memory));
    texts.push(memory.toString('utf8', start, memory.indexOf(0, start)));
  }
  return texts;
}

describe('StringVector', () => {
  for (const texts of [[], ['a'], ['', '', ''], ['é😀', 'b c', '=', 'x'.repeat(10_000)]]) {
    it(`lays out ${JSON.stringify(texts).slice(0, 40)} as execve(2) takes it`, () => {
      expect(read(new StringVector(texts))).to.deep.equal(texts);
    });
  }

  it('takes other texts in the place of those it had, longer or shorter', () => {
    const vector = new StringVector(['first']);
    for (const texts of [['a'.repeat(5_000), 'é'], ['b'], [], ['c', '', 'd']]) {
      vector.set(texts);
      expect(read(vector)).to.deep.equal(texts);
      expect(vector.texts).to.deep.equal(texts);
    }
  });
});
