import { expect } from 'chai';
import { glyphsFor } from '#lib/cli/view/glyphs.js';

describe('glyphsFor', () => {
  for (const [env, unicode] of [
    [{ LANG: 'en_GB.UTF-8' }, true],
    [{ LC_ALL: 'C.utf8' }, true],
    [{ LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
    [{}, false],
  ] as const) {
    it(`are ${unicode ? 'beyond' : 'of'} ASCII with ${JSON.stringify(env)}`, () => {
      expect(glyphsFor(env).completed).to.equal(unicode ? '✔' : '+');
    });
  }
});
