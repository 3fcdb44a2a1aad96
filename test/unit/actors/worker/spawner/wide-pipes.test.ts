import { expect } from 'chai';
import { WidePipes } from '#lib/actors/worker/spawner/wide-pipes.js';

const MUCH = 2_000_000;

describe('WidePipes', () => {
  let widened: number[];
  let pipes: WidePipes;

  beforeEach(() => {
    widened = [];
    pipes = new WidePipes((fd) => widened.push(fd));
  });

  it('have one made wider, once, when its process has said a lot', () => {
    const watch = pipes.watch(7);
    for (let read = 0; read < 15; read++) watch.took(65_536);
    expect(widened).to.deep.equal([]);
    for (let read = 0; read < 100; read++) watch.took(65_536);
    expect(widened).to.deep.equal([7]);
  });

  it('are only a few at once; another may be when one of them is closed', () => {
    const watches = Array.from({ length: 20 }, (_, fd) => pipes.watch(fd));
    for (const watch of watches) watch.took(MUCH);
    expect(widened).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    watches[19]?.closed(); // one that is not wide gives nothing back
    watches[18]?.took(1);
    expect(widened).to.have.lengthOf(8);
    watches[3]?.closed();
    watches[3]?.closed(); // told twice
    watches[18]?.took(1);
    watches[17]?.took(1);
    expect(widened.slice(8)).to.deep.equal([18]);
  });

  it('are not asked for when they are closed', () => {
    const watch = pipes.watch(7);
    watch.closed();
    watch.took(MUCH);
    expect(widened).to.deep.equal([]);
  });
});
