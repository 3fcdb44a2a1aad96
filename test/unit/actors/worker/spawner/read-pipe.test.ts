import { expect } from 'chai';
import { ReadPipe } from '#lib/actors/worker/spawner/output-pipe.js';

/** Everything that is told, and the means to wait until it would have been. */
function read(pipe: ReadPipe): { told: string[]; soon(): Promise<void> } {
  const told: string[] = [];
  pipe.read(
    (bytes) => told.push(bytes.toString()),
    () => told.push('(end)'),
  );
  return { told, soon: async () => {} };
}

describe('ReadPipe', () => {
  it('gives its content and its end, but not before read returns', async () => {
    const { told, soon } = read(new ReadPipe(Buffer.from('all')));
    expect(told).to.deep.equal([]);
    await soon();
    expect(told).to.deep.equal(['all', '(end)']);
  });

  it('gives nothing but its end where it is empty', async () => {
    const { told, soon } = read(new ReadPipe(Buffer.alloc(0)));
    await soon();
    expect(told).to.deep.equal(['(end)']);
  });

  it('gives nothing while it is paused', async () => {
    const pipe = new ReadPipe(Buffer.from('all'));
    const { told, soon } = read(pipe);
    pipe.pause();
    await soon();
    expect(told).to.deep.equal([]);
    pipe.resume();
    expect(told).to.deep.equal(['all', '(end)']);
    pipe.resume();
    expect(told).to.have.length(2);
  });

  it('gives nothing once it is destroyed', async () => {
    const pipe = new ReadPipe(Buffer.from('all'));
    const { told, soon } = read(pipe);
    pipe.destroy();
    await soon();
    pipe.resume();
    expect(told).to.deep.equal([]);
  });
});
