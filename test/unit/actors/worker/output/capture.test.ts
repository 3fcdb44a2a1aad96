import { expect } from 'chai';
import { Capture } from '#lib/actors/worker/output/capture.js';
import { fc } from '../../../../support/fast-check.js';

describe('Capture', () => {
  it('keeps a stream that is within the limit whole, to the byte', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 9_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(chunks, fc.nat(10), (parts, spare) => {
        const all = Buffer.concat(parts);
        const capture = captured(parts, all.length + spare);
        expect(capture.exceeded).to.equal(false);
        expect(capture.totalBytes).to.equal(all.length);
        expect(capture.head.equals(all)).to.equal(true);
        expect(capture.finish()).to.deep.equal({ text: all.toString('utf8'), keptBytes: all.length });
      }),
      { numRuns: 50 },
    );
  });

  it('cuts a longer one at the last character that fits, and says in one last line how much was kept', () => {
    const characters = fc.array(fc.constantFrom('a', 'é', '€', '😀', '\n'), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(characters, fc.nat(), (parts, seed) => {
        const total = Buffer.byteLength(parts.join(''));
        const limit = seed % total;
        const { text, keptBytes } = captured(
          parts.map((part) => Buffer.from(part)),
          limit,
        ).finish();
        let kept = '';
        for (const part of parts) {
          if (Buffer.byteLength(kept + part) > limit) break;
          kept += part;
        }
        const lineBreak = kept === '' || kept.endsWith('\n') ? '' : '\n';
        const marker = `[execrx: output truncated, kept ${Buffer.byteLength(kept)} of ${total} bytes]`;
        expect(text).to.equal(kept + lineBreak + marker);
        expect(keptBytes).to.equal(Buffer.byteLength(kept));
      }),
      { numRuns: 300 },
    );
  });

  it('is exceeded by the first byte past the limit, and not before', () => {
    const capture = captured(['123', '45'], 5);
    expect(capture.exceeded).to.equal(false);
    capture.push(Buffer.from('6'));
    expect(capture.exceeded).to.equal(true);
    expect(capture.head.toString()).to.equal('12345');
    capture.push(Buffer.from('789'));
    expect(capture.head.toString()).to.equal('12345');
    expect(capture.totalBytes).to.equal(9);
  });

  it('keeps nothing with a limit of zero', () => {
    expect(captured(['abc'], 0).finish()).to.deep.equal({
      text: '[execrx: output truncated, kept 0 of 3 bytes]',
      keptBytes: 0,
    });
    expect(captured([], 0).finish()).to.deep.equal({ text: '', keptBytes: 0 });
  });

  it('decodes bytes that are no text as replacement characters', () => {
    expect(captured([Buffer.from([0x61, 0xff])], 10).finish().text).to.equal('a\ufffd');
  });

  it('takes no more memory than the limit', () => {
    const before = process.memoryUsage().arrayBuffers;
    const capture = new Capture(1_000_000);
    for (let i = 0; i < 1_000; i++) capture.push(CHUNK);
    expect(capture.head.buffer.byteLength).to.equal(1_000_000);
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(8_000_000);
  });
});

const CHUNK = Buffer.alloc(65_536, 'x');

function captured(chunks: ReadonlyArray<Uint8Array | string>, limit: number): Capture {
  const capture = new Capture(limit);
  for (const chunk of chunks) capture.push(Buffer.from(chunk as string));
  return capture;
}
