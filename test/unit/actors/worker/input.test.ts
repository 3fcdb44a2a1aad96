import { PassThrough, Writable } from 'node:stream';
import { expect } from 'chai';
import type { JobInput } from '#lib/actors/protocol/wire.js';
import { AttemptInput } from '#lib/actors/worker/input.js';
import { eventually, nextTurn } from '../../../support/eventually.js';

function opened(stdin: Writable, input: JobInput): AttemptInput {
  const attemptInput = new AttemptInput(input);
  attemptInput.open(stdin);
  return attemptInput;
}

describe('AttemptInput', () => {
  it('feeds given data and ends', async () => {
    const stdin = new PassThrough();
    opened(stdin, { type: 'data', data: Buffer.from('all of it') });
    const chunks = await stdin.toArray();
    expect(Buffer.concat(chunks as Buffer[]).toString()).to.equal('all of it');
  });

  it('stays open for live input until it is told to end', async () => {
    const stdin = new PassThrough();
    const input = opened(stdin, { type: 'pipe' });
    const taken: string[] = [];
    input.write('a', () => taken.push('a'));
    input.write(Buffer.from('b'), () => taken.push('b'));
    await nextTurn();
    expect(stdin.writableEnded).to.equal(false);
    expect(taken).to.deep.equal(['a', 'b']);
    input.end();
    expect(String(Buffer.concat((await stdin.toArray()) as Buffer[]))).to.equal('ab');
  });

  it('says that a write is taken only when the pipe has it', async () => {
    let accept: () => void = () => {};
    const slow = new Writable({ write: (_chunk, _encoding, done) => (accept = done) });
    const input = opened(slow, { type: 'pipe' });
    let taken = false;
    input.write('a', () => (taken = true));
    await nextTurn();
    expect(taken).to.equal(false);
    accept();
    await eventually('it is taken', () => taken);
  });

  it('says at once that a write is taken when nobody can take it any more', () => {
    const stdin = new PassThrough();
    const input = opened(stdin, { type: 'pipe' });
    input.end();
    let taken = false;
    input.write('late', () => (taken = true));
    expect(taken).to.equal(true);
  });

  it('takes no offence at a process that stops reading', async () => {
    const stdin = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const input = opened(stdin, { type: 'data', data: 'x' });
    await eventually('the pipe is broken', () => stdin.destroyed);
    input.end();
    input.discard();
    await nextTurn();
    expect(stdin.errored?.message).to.equal('EPIPE');
  });

  it('holds what comes before the process, and passes it on in order', async () => {
    const input = new AttemptInput({ type: 'pipe' });
    const taken: string[] = [];
    input.write('a', () => taken.push('a'));
    input.write('b', () => taken.push('b'));
    input.end();
    expect(taken).to.deep.equal([]);
    const stdin = new PassThrough();
    input.open(stdin);
    expect(String(Buffer.concat((await stdin.toArray()) as Buffer[]))).to.equal('ab');
    expect(taken).to.deep.equal(['a', 'b']);
  });
});
