import { expect } from 'chai';
import { characterBoundary } from '#lib/actors/worker/output/utf8.js';
import { fc } from '../../../../support/fast-check.js';

describe('characterBoundary', () => {
  it('is the last place at or before the end at which no character is split', () => {
    // The first and the last character of each length.
    const character = fc.constantFrom('\0', '\x7f', '\x80', '\u07ff', '\u0800', '\uffff', '\u{10000}', '\u{10ffff}');
    const text = fc.array(character, { minLength: 1, maxLength: 12 }).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, fc.nat(), (string, seed) => {
        const bytes = Buffer.from(string);
        const end = seed % (bytes.length + 1);
        const starts = startsOfCharacters(string);
        expect(characterBoundary(bytes, end)).to.equal(Math.max(...starts.filter((start) => start <= end)));
      }),
    );
  });

  it('is where asked, or up to three bytes before, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, seed) => {
        const end = seed % (bytes.length + 1);
        expect(characterBoundary(bytes, end)).to.be.within(Math.max(0, end - 3), end);
      }),
    );
  });

  it('is where asked among continuation bytes without a beginning', () => {
    expect(characterBoundary(new Uint8Array(8).fill(0x80), 5)).to.equal(5);
  });

  it('is zero for the beginning', () => {
    expect(characterBoundary(Buffer.from('é'), 0)).to.equal(0);
    expect(characterBoundary(Buffer.from('é'), 1)).to.equal(0);
  });
});

/** Byte offsets of every character, and of the end. */
function startsOfCharacters(text: string): number[] {
  const starts = [0];
  for (const character of text) starts.push((starts.at(-1) as number) + Buffer.byteLength(character));
  return starts;
}
