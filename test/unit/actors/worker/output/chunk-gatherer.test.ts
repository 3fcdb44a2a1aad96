import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import type { StreamName } from '#lib/actors/protocol/execution.js';
import { BLOCK_BYTES, BlockPool } from '#lib/actors/worker/output/block-pool.js';
import { ChunkGatherer } from '#lib/actors/worker/output/chunk-gatherer.js';
import { fc } from '../../../../support/fast-check.js';

interface Chunk {
  stream: StreamName;
  text: string;
  lent: boolean;
  data: Uint8Array<ArrayBuffer>;
}

describe('ChunkGatherer', () => {
  let pool: BlockPool;
  let chunks: Chunk[];
  let gatherer: ChunkGatherer;

  beforeEach(() => {
    pool = new BlockPool();
    chunks = [];
    gatherer = new ChunkGatherer(pool, (stream, data, lent) => {
      chunks.push({ stream, text: Buffer.from(data).toString('latin1'), lent, data });
    });
  });

  const texts = () => chunks.map(({ stream, text }) => `${stream} ${text}`);

  it('gives what came in one turn as one piece, once a turn has brought nothing more', async () => {
    gatherer.push('stdout', Buffer.from('a'));
    gatherer.push('stdout', Buffer.from('b'));
    expect(texts()).to.deep.equal([]);
    await turn();
    await turn();
    expect(texts()).to.deep.equal(['stdout ab']);
    gatherer.push('stdout', Buffer.from('c'));
    await turn();
    await turn();
    expect(texts()).to.deep.equal(['stdout ab', 'stdout c']);
  });

  it('does not hold anything back for long, though every turn brings more', async () => {
    for (let count = 0; chunks.length === 0; count++) {
      gatherer.push('stdout', Buffer.from('x'));
      expect(count).to.be.below(20);
      await turn();
    }
    expect(chunks[0]?.text.length).to.be.above(1);
  });

  it('keeps the order in which two streams were read', () => {
    gatherer.push('stdout', Buffer.from('a'));
    gatherer.push('stderr', Buffer.from('b'));
    gatherer.push('stdout', Buffer.from('c'));
    gatherer.flush();
    expect(texts()).to.deep.equal(['stdout a', 'stderr b', 'stdout c']);
  });

  it('does not need what it was given after that, for its sender may use the memory again', () => {
    const bytes = Buffer.from('kept');
    gatherer.push('stdout', bytes);
    bytes.fill('x');
    gatherer.flush();
    expect(texts()).to.deep.equal(['stdout kept']);
  });

  it('lends the memory of a large piece, and copies a small one', () => {
    gatherer.push('stdout', Buffer.alloc(BLOCK_BYTES + 10, 'x'));
    expect(chunks.map(({ data, lent }) => [data.length, lent])).to.deep.equal([[BLOCK_BYTES, true]]);
    gatherer.flush();
    expect(chunks.map(({ data, lent }) => [data.length, lent])[1]).to.deep.equal([10, false]);
    expect(chunks[1]?.data.buffer.byteLength).to.equal(10);
  });

  it('takes memory again that has come back', () => {
    gatherer.push('stdout', Buffer.alloc(BLOCK_BYTES, 'x'));
    const memory = chunks[0]?.data.buffer as ArrayBuffer;
    pool.give(memory);
    gatherer.push('stdout', Buffer.alloc(BLOCK_BYTES, 'y'));
    expect(chunks[1]?.data.buffer).to.equal(memory);
    expect(chunks[1]?.text).to.equal('y'.repeat(BLOCK_BYTES));
  });

  it('loses and changes nothing, however it comes', () => {
    const size = fc.oneof(
      fc.nat(50),
      fc.nat(100_000),
      fc.constantFrom(BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES * 2 + 1),
    );
    const push = fc.record({ stream: fc.constantFrom<StreamName>('stdout', 'stderr'), size, flushed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(push, { maxLength: 12 }), (pushes) => {
        chunks = [];
        const expected: Record<StreamName, string> = { stdout: '', stderr: '' };
        pushes.forEach(({ stream, size, flushed }, index) => {
          const text = String.fromCharCode(97 + index).repeat(size);
          expected[stream] += text;
          gatherer.push(stream, Buffer.from(text));
          if (flushed) gatherer.flush();
        });
        gatherer.flush();
        for (const name of ['stdout', 'stderr'] as const) {
          const got = chunks.filter(({ stream }) => stream === name).map(({ text }) => text);
          expect(got.join('') === expected[name]).to.equal(true);
          expect(got).to.not.include('');
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('BlockPool', () => {
  it('keeps no more memory than a flood needs', () => {
    const pool = new BlockPool();
    const blocks = Array.from({ length: 100 }, () => pool.take().buffer);
    for (const block of blocks) pool.give(block);
    const again = Array.from({ length: 100 }, () => pool.take().buffer);
    expect(new Set(again).size).to.equal(100);
    expect(again.filter((block) => blocks.includes(block))).to.have.lengthOf(16);
  });
});
