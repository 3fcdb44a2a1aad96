import { expect } from 'chai';
import { LineAssembler } from '#lib/actors/worker/output/line-assembler.js';
import { fc } from '../../../../support/fast-check.js';

interface Line {
  text: string;
  partial: boolean;
}

/** Bytes that make trouble: line breaks, carriage returns, characters of one to four bytes, and bytes that are no text. */
const bytes = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('a', 'bc', 'é', '€', '😀').map((text) => Buffer.from(text)) },
      { weight: 3, arbitrary: fc.constantFrom('\n', '\r\n', '\r', '\r\r\n', '\n\n').map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 4 }).map((random) => Buffer.from(random)) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.concat(parts));
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('LineAssembler', () => {
  it('makes the same lines of the same bytes, wherever they are cut', () => {
    fc.assert(
      fc.property(bytes, cuts, fc.constantFrom(8, 16, 65_536), (text, at, maxLineBytes) => {
        expect(linesOf(pieces(text, at), maxLineBytes)).to.deep.equal(linesOf([text], maxLineBytes));
      }),
      { numRuns: 500 },
    );
  });

  it('splits at line feeds, removes one carriage return before each, and gives the last line without a break too', () => {
    fc.assert(
      fc.property(bytes, cuts, (text, at) => {
        const lines = text.toString('utf8').split('\n');
        if (lines.at(-1) === '') lines.pop();
        const expected = lines.map((line) => ({ text: line.replace(/\r$/, ''), partial: false }));
        expect(linesOf(pieces(text, at), 65_536)).to.deep.equal(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('gives an overlong line in pieces that add up to it, none longer than the limit, no character split', () => {
    const long = fc.array(fc.constantFrom('a', 'é', '€', '😀', '\r'), { minLength: 20, maxLength: 80 });
    fc.assert(
      fc.property(long, cuts, fc.integer({ min: 8, max: 24 }), (characters, at, maxLineBytes) => {
        const text = `${characters.join('')}.`;
        const found = linesOf(pieces(Buffer.from(`${text}\n`), at), maxLineBytes);
        expect(found.map((line) => line.text).join('')).to.equal(text);
        for (const line of found) expect(Buffer.byteLength(line.text)).to.be.within(1, maxLineBytes);
        expect(found.map(({ partial }) => partial)).to.deep.equal(found.map((_, index) => index < found.length - 1));
      }),
      { numRuns: 300 },
    );
  });

  it('lets lines travel together also where there is more of them than the limit', () => {
    const texts: string[] = [];
    const assembler = new LineAssembler(64, (text) => texts.push(text));
    assembler.push(Buffer.from('0123456789\n'.repeat(100)));
    expect(texts.join('\n')).to.equal(new Array(100).fill('0123456789').join('\n'));
    expect(texts).to.have.length(20); // five lines of eleven bytes are 55
  });

  it('gives a line of exactly the limit whole', () => {
    expect(linesOf([Buffer.from('12345678\nx')], 8)).to.deep.equal([whole('12345678'), whole('x')]);
    expect(linesOf([Buffer.from('12345678')], 8)).to.deep.equal([whole('12345678')]);
  });

  it('gives a piece of a line as soon as it is longer than the limit, without waiting for its end', () => {
    const { assembler, lines } = assemble(8);
    assembler.push(Buffer.from('12345678'));
    expect(lines).to.deep.equal([]);
    assembler.push(Buffer.from('9'));
    expect(lines).to.deep.equal([{ text: '12345678', partial: true }]);
  });

  it('passes all whole lines of a chunk on as one string', () => {
    const texts: string[] = [];
    new LineAssembler(64, (text) => texts.push(text)).push(Buffer.from('a\nb\r\n\nc\nrest'));
    expect(texts).to.deep.equal(['a\nb\n\nc']);
  });

  it('puts the character together that two chunks share', () => {
    const euro = Buffer.from('€\n');
    expect(linesOf([euro.subarray(0, 1), euro.subarray(1, 2), euro.subarray(2)], 64)).to.deep.equal([whole('€')]);
  });

  it('turns bytes that are no text into replacement characters', () => {
    expect(linesOf([Buffer.from([0x61, 0xff, 0x62, 0x0a])], 64)).to.deep.equal([whole('a\ufffdb')]);
  });

  it('forgets an unfinished line on reset', () => {
    const { assembler, lines } = assemble(64);
    assembler.push(Buffer.from('unfinished'));
    assembler.reset();
    assembler.push(Buffer.from('new\n'));
    assembler.end();
    expect(lines).to.deep.equal([whole('new')]);
  });

  it('gives nothing at the end of a stream that ended with a line break, or that was empty', () => {
    expect(linesOf([], 64)).to.deep.equal([]);
    expect(linesOf([Buffer.from('a\n')], 64)).to.deep.equal([whole('a')]);
  });

  it('does not keep the chunk it was given: its sender may use the memory again', () => {
    const { assembler, lines } = assemble(64);
    const chunk = Buffer.from('kept');
    assembler.push(chunk);
    chunk.fill('x');
    assembler.end();
    expect(lines).to.deep.equal([whole('kept')]);
  });

  it('holds no more than the limit of an endless line', () => {
    let longest = 0;
    let total = 0;
    const assembler = new LineAssembler(1_024, (text) => {
      longest = Math.max(longest, text.length);
      total += text.length;
    });
    for (let i = 0; i < 10_000; i++) {
      assembler.push(Buffer.alloc(1_000, 'x'));
      expect((i + 1) * 1_000 - total).to.be.at.most(1_024);
    }
    expect(longest).to.equal(1_024);
  });
});

function whole(text: string): Line {
  return { text, partial: false };
}

function assemble(maxLineBytes: number): { assembler: LineAssembler; lines: Line[] } {
  const lines: Line[] = [];
  const assembler = new LineAssembler(maxLineBytes, (block, partial) => {
    for (const text of partial ? [block] : block.split('\n')) lines.push({ text, partial });
  });
  return { assembler, lines };
}

function linesOf(chunks: readonly Buffer[], maxLineBytes: number): Line[] {
  const { assembler, lines } = assemble(maxLineBytes);
  for (const chunk of chunks) assembler.push(chunk);
  assembler.end();
  return lines;
}

function pieces(text: Buffer, at: readonly number[]): Buffer[] {
  const places = [...at.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return places.map((end, index) => text.subarray(places[index - 1] ?? 0, end));
}
