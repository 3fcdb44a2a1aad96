import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { JsonLines } from '#lib/actors/kernel/json-lines.js';
import { nextTurn } from '../../../support/eventually.js';

function listening() {
  const stream = new PassThrough();
  const messages: unknown[] = [];
  const garbage: string[] = [];
  const lines = new JsonLines(stream, {
    onMessage: (message) => messages.push(message),
    onGarbage: (reason) => garbage.push(reason),
  });
  return { stream, messages, garbage, lines };
}

describe('JsonLines', () => {
  it('puts messages together however their bytes arrive, characters of several bytes too', async () => {
    const { stream, messages, garbage } = listening();
    for (const byte of Buffer.from('["é😀",1]\n[{"a":[]}]\n')) stream.write(Buffer.from([byte]));
    await nextTurn();
    expect({ messages, garbage }).to.deep.equal({ messages: ['é😀', 1, { a: [] }], garbage: [] });
  });

  it('reads several lines and the beginning of the next from one chunk', async () => {
    const { stream, messages } = listening();
    stream.write('[1]\n[2,3]\n[4');
    await nextTurn();
    expect(messages).to.deep.equal([1, 2, 3]);
    stream.write(']\n');
    await nextTurn();
    expect(messages).to.deep.equal([1, 2, 3, 4]);
  });

  it('tells of what is no array of JSON and goes on with the next line', async () => {
    const { stream, messages, garbage } = listening();
    stream.write('nonsense\n{"a":1}\n\n["fine"]\n');
    await nextTurn();
    expect(garbage).to.deep.equal([
      'a line that is not JSON',
      'a line that is not an array',
      'a line that is not JSON',
    ]);
    expect(messages).to.deep.equal(['fine']);
  });

  it('gives up a line without end, in a time in proportion to its length, and goes on', async () => {
    const { stream, messages, garbage } = listening();
    const chunk = 'x'.repeat(65_536);
    const since = performance.now();
    for (let length = 0; length <= 33_554_432; length += chunk.length) {
      stream.write(chunk);
      await nextTurn();
    }
    expect(garbage).to.deep.equal(['a line of more than 33554432 characters']);
    expect(performance.now() - since).to.be.below(2_000);
    stream.write('\n[1]\n');
    await nextTurn();
    expect(messages).to.deep.equal([1]);
  });

  it("sends the messages of one turn as one line, at the turn's end", async () => {
    const { stream, messages, lines } = listening();
    const written: string[] = [];
    stream.on('data', (text: string) => written.push(text));
    lines.send({ a: 'line\nbreak' });
    lines.send(2);
    expect(written).to.deep.equal([]);
    await nextTurn();
    await nextTurn();
    expect(written).to.deep.equal(['[{"a":"line\\nbreak"},2]\n']);
    expect(messages).to.deep.equal([{ a: 'line\nbreak' }, 2]);
  });

  it('sends what is long in lines of its own, so that none is too long for the other side', async () => {
    const { stream, messages, lines } = listening();
    const written: number[] = [];
    stream.on('data', (text: string) => written.push(text.length));
    for (let count = 0; count < 5; count++) lines.send('x'.repeat(600_000));
    await nextTurn();
    await nextTurn();
    expect(written).to.deep.equal([1_200_008, 1_200_008, 600_005]);
    expect(messages).to.have.lengthOf(5);
  });

  it('writes nothing to a stream that has ended', async () => {
    const { stream, lines } = listening();
    const errors: unknown[] = [];
    stream.on('error', (error) => errors.push(error));
    stream.end();
    lines.send(1);
    lines.flush();
    await nextTurn();
    expect(errors).to.deep.equal([]);
  });
});
