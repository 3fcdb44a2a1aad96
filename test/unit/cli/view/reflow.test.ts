import { expect } from 'chai';
import { rowsToErase } from '#lib/cli/view/reflow.js';

describe('after a terminal has become narrower, what has to be erased', () => {
  for (const [what, frames, columns, rows] of [
    ['is nothing where nothing was drawn', [], 10, 0],
    ['is the frame, where all its rows fit', [['abc', 'de']], 10, 2],
    ['are the rows that those of the frame have become', [['abcdefgh', 'ab', 'abcde']], 4, 5],
    [
      'is what the frame before has become, where the last one was drawn over its end',
      [
        ['abcdefgh', 'abcd'],
        ['ab', 'c'],
      ],
      4,
      3,
    ],
    ['is the same where the last frame has more rows', [['abcdefgh'], ['ab', 'c']], 4, 3],
    ['is the same where the last frame has fewer rows', [['abcdefgh', 'abcdefgh'], ['ab']], 4, 3],
  ] as const) {
    it(what, () => {
      expect(rowsToErase(frames, columns)).to.equal(rows);
    });
  }
});
