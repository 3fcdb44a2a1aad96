import { expect } from 'chai';
import { InOrder } from '#lib/cli/map/in-order.js';
import { fc } from '../../../support/fast-check.js';

describe('InOrder', () => {
  it('gives each value once, in order, and as soon as its turn has come', () => {
    const orders = fc
      .integer({ min: 1, max: 20 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count }));
    fc.assert(
      fc.property(orders, (order) => {
        const inOrder = new InOrder<string>();
        const added = new Set<number>();
        const given: string[] = [];
        for (const number of order) {
          added.add(number);
          given.push(...inOrder.add(number, `value ${number}`));
          let due = 0;
          while (added.has(due)) due++;
          expect(given).to.deep.equal(Array.from({ length: due }, (_, index) => `value ${index}`));
        }
      }),
    );
  });
});
