import { expect } from 'chai';
import { coloursOf, wantsColours } from '#lib/cli/text/colours.js';

describe('wantsColours', () => {
  for (const [env, option, terminal, wanted] of [
    [{}, undefined, true, true],
    [{}, undefined, false, false],
    [{ TERM: 'dumb' }, undefined, true, false],
    [{ NO_COLOR: '1' }, undefined, true, false],
    [{ NO_COLOR: '' }, undefined, true, true],
    [{ FORCE_COLOR: '1' }, undefined, false, true],
    [{ FORCE_COLOR: '0' }, undefined, true, false],
    [{ FORCE_COLOR: 'false' }, undefined, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, undefined, false, true],
    [{ FORCE_COLOR: '1' }, false, true, false],
    [{}, true, true, true],
  ] as const) {
    const where = terminal ? 'a terminal' : 'a pipe';
    it(`is ${wanted} in ${where} with ${JSON.stringify(env)}${option === false ? ' and --no-color' : ''}`, () => {
      expect(wantsColours(env, option, terminal)).to.equal(wanted);
    });
  }
});

describe('colours', () => {
  it('are left out where none are wanted, and of empty text', () => {
    expect(coloursOf(false).bad('text')).to.equal('text');
    expect(coloursOf(true).bad('text')).to.equal('\x1b[31mtext\x1b[39m');
    expect(coloursOf(true).bad('')).to.equal('');
  });
});
