import { expect } from 'chai';
import { Backlog } from '#lib/actors/worker/batch/backlog.js';

describe('Backlog', () => {
  let taken: number[];
  let backlog: Backlog;

  beforeEach(() => {
    taken = [];
    backlog = new Backlog((sequence) => taken.push(sequence));
  });

  it('gives items in order, whatever blocks they came in, and acknowledges a block with its last item', () => {
    backlog.push('a\0b\0c', 1);
    backlog.push('', 2); // one item, which is empty
    backlog.push('d\ne\0f', 3);
    expect(backlog.take(2)).to.deep.equal(['a', 'b']);
    expect(taken).to.deep.equal([]);
    expect(backlog.take(3)).to.deep.equal(['c', '', 'd\ne']);
    expect(taken).to.deep.equal([1, 2]);
    expect(backlog.empty).to.equal(false);
    expect(backlog.take(9)).to.deep.equal(['f']);
    expect(taken).to.deep.equal([1, 2, 3]);
    expect(backlog.empty).to.equal(true);
    expect(backlog.take(1)).to.deep.equal([]);
  });

  it('acknowledges what it drops', () => {
    backlog.push('a\0b', 1);
    backlog.push('c', 2);
    backlog.take(1);
    backlog.drop();
    expect(taken).to.deep.equal([1, 2]);
    expect(backlog.take(1)).to.deep.equal([]);
    backlog.push('d\0e', 3);
    expect(backlog.take(1)).to.deep.equal(['d']);
  });
});
