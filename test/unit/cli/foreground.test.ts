import { expect } from 'chai';
import { saysForeground } from '#lib/cli/foreground.js';

describe('a process is in the foreground', () => {
  for (const [what, stat, expected] of [
    ['where its group is that of the terminal', '7 (node) S 1 7 5 34816 7 4194304 0\n', true],
    ['not where another group is', '7 (node) S 1 7 5 34816 9 4194304 0\n', false],
    ['not without a terminal', '7 (node) S 1 7 5 0 -1 4194304 0\n', false],
    ['whatever its program is called', '7 (a) S 1 2 (b) S 1 7 5 34816 7 4194304 0\n', true],
  ] as const) {
    it(what, () => {
      expect(saysForeground(stat)).to.equal(expected);
    });
  }
});
