import { expect } from 'chai';
import { joinWords, splitWords } from '#lib/cli/text/words.js';
import { fc } from '../../../support/fast-check.js';

const word = fc.string({
  unit: fc.constantFrom('a', ' ', '\t', '\n', "'", '"', '\\', '$', '{}', 'é', '漢'),
  maxLength: 12,
});

describe('splitWords', () => {
  for (const [template, words] of [
    ['', []],
    ['  gzip   -k\t{} ', ['gzip', '-k', '{}']],
    [`echo 'two words' "and more"`, ['echo', 'two words', 'and more']],
    [`--name='a b'c`, ['--name=a bc']],
    [`'' x ""`, ['', 'x', '']],
    [`"it's" '"'`, ["it's", '"']],
    ['a\\ b $HOME *', ['a\\', 'b', '$HOME', '*']],
  ] as const) {
    it(`makes ${words.length} of ${template}`, () => {
      expect(splitWords(template)).to.deep.equal({ words });
    });
  }

  it('says which quote is not closed', () => {
    expect(splitWords(`echo 'a`)).to.deep.equal({ unclosed: "'" });
    expect(splitWords(`echo "it's`)).to.deep.equal({ unclosed: '"' });
  });

  it('takes apart whatever joinWords has joined', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        expect(splitWords(joinWords(words))).to.deep.equal({ words });
      }),
    );
  });
});
