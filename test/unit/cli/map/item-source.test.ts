import { expect } from 'chai';
import { itemsIn } from '#lib/cli/map/item-source.js';
import type { Item } from '#lib/cli/map/items.js';

const MIB = 1024 * 1024;

/** `asked`: how many chunks have been. */
function inputOf(...chunks: Array<string | Buffer>) {
  const state = { asked: 0 };
  async function* read() {
    for (const chunk of chunks) {
      state.asked++;
      yield Buffer.from(chunk);
    }
  }
  return { state, chunks: read(), fileBytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0) as number | null };
}

async function all(items: AsyncIterable<Item[]> | Iterable<Item[]>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const batch of items) found.push(...batch);
  return found;
}

describe('the items in standard input', () => {
  it('are counted first where it is a small file', async () => {
    const { items, total } = await itemsIn(inputOf('a\nb', 'c\n\nd\n', '\xff', '\ne'), 10, true);
    expect(total).to.equal(5);
    expect(await all(items))
      .to.have.length(5)
      .and.to.include.members(['a', 'bc', 'd', 'e']);
  });

  it('are taken as they are asked for where nobody wants to know, where it is no file, and where it is a large one', async () => {
    const small = inputOf('a\n', 'b');
    const pipe = { ...inputOf('a\n', 'b'), fileBytes: null };
    const large = { ...inputOf('a\n', 'b'), fileBytes: 5 * MIB };
    for (const [input, counted] of [
      [small, false],
      [pipe, true],
      [large, true],
    ] as const) {
      const { items, total } = await itemsIn(input, 10, counted);
      expect({ total, asked: input.state.asked }).to.deep.equal({ total: null, asked: 0 });
      expect(await all(items)).to.deep.equal(['a', 'b']);
    }
  });

  it('are not all held where the file grows as it is read', async () => {
    const line = Buffer.from(`${'x'.repeat(1_023)}\n`);
    const chunk = Buffer.concat(Array.from({ length: 1_024 }, () => line));
    const growing = { ...inputOf(...Array.from({ length: 8 }, () => chunk)), fileBytes: 1 };
    const { items, total } = await itemsIn(growing, 10, true);
    expect({ total, asked: growing.state.asked }).to.deep.equal({ total: null, asked: 5 });
    expect(await all(items)).to.have.length(8 * 1_024);
  });
});
