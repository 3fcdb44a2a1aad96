import { expect } from 'chai';
import { type Item, ItemSplitter } from '#lib/cli/map/items.js';
import { fc } from '../../../support/fast-check.js';

function split(bytes: Buffer, sizes: readonly number[], separator = 10): Item[] {
  const splitter = new ItemSplitter(separator);
  const items: Item[] = [];
  let from = 0;
  for (const size of sizes) {
    items.push(...splitter.push(bytes.subarray(from, from + size)));
    from += size;
  }
  return [...items, ...splitter.push(bytes.subarray(from)), ...splitter.end()];
}

describe('ItemSplitter', () => {
  it('cuts at line ends, with or without one at the end, and skips empty lines', () => {
    expect(split(Buffer.from('a\n\n b c \nd'), [])).to.deep.equal(['a', ' b c ', 'd']);
    expect(split(Buffer.from('a\n'), [])).to.deep.equal(['a']);
    expect(split(Buffer.from('\n\n'), [])).to.deep.equal([]);
    expect(split(Buffer.from(''), [])).to.deep.equal([]);
  });

  it('cuts at NUL bytes where told, and leaves line ends in items', () => {
    expect(split(Buffer.from('a\nb\0\0c'), [], 0)).to.deep.equal(['a\nb', 'c']);
  });

  it('finds the same items however their bytes arrive', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\0', '漢', '😀', ' ', '\r'), maxLength: 40 });
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });
    fc.assert(
      fc.property(text, sizes, (whole, chunks) => {
        const expected = whole.split('\n').filter((item) => item !== '');
        expect(split(Buffer.from(whole), chunks)).to.deep.equal(expected);
      }),
    );
  });

  it('says which item is not text, and finds the others', () => {
    const bytes = Buffer.concat([Buffer.from('good\nbad '), Buffer.from([0xff]), Buffer.from('\nfine\n')]);
    const [first, bad, last] = split(bytes, []);
    expect([first, last]).to.deep.equal(['good', 'fine']);
    expect(bad).to.deep.include({ problem: 'an item that is not UTF-8 cannot be passed on as it is' });
  });

  it('keeps no more of an endless item than its beginning', () => {
    const splitter = new ItemSplitter(10);
    const chunk = Buffer.alloc(100_000, 'x');
    for (let count = 0; count < 50_000; count++) expect(splitter.push(chunk)).to.deep.equal([]);
    const [item, next] = splitter.push(Buffer.from('\nnext\n'));
    expect(item).to.deep.equal({
      excerpt: 'x'.repeat(40),
      problem: 'an item of 5000000000 bytes is longer than an argument may be (131071)',
    });
    expect(next).to.equal('next');
  });
});
