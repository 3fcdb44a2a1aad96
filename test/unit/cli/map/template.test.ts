import { expect } from 'chai';
import { BadInputError } from '#lib/cli/exit-code.js';
import { commandFor, parseTemplate } from '#lib/cli/map/template.js';
import { fc } from '../../../support/fast-check.js';

const NASTY = ['a b', "it's", '"', '$(id)', '`id`', '--help', '', '{}', '*', '\n', ';', '\\', '$1', '$&'];
const commandOf = (text: string, shell: boolean) => {
  const template = parseTemplate(text, shell);
  return (data: string) => commandFor(data, template);
};
const item = fc.oneof(fc.constantFrom(...NASTY), fc.string());

describe('a template', () => {
  it('gives the item the place of each {}', () => {
    const command = commandOf('convert {} --out={}.webp "{} {}"', false)('a b');
    expect(command).to.deep.equal({
      type: 'exec',
      program: 'convert',
      args: ['a b', '--out=a b.webp', 'a b a b'],
    });
  });

  it('puts the item last where there is no {}', () => {
    expect(commandOf('gzip -k', false)('-x y')).to.deep.equal({ type: 'exec', program: 'gzip', args: ['-k', '-x y'] });
  });

  it('keeps an item within its word, whatever it holds', () => {
    fc.assert(
      fc.property(item, (data) => {
        const { args } = commandOf("tool '{}' pre{}post fixed", false)(data);
        expect(args).to.deep.equal([data, `pre${data}post`, 'fixed']);
      }),
    );
  });

  it('for a shell is the same text for every item', () => {
    fc.assert(
      fc.property(item, (data) => {
        expect(commandOf('sort {} | uniq', true)(data)).to.deep.equal({
          type: 'exec',
          program: 'bash',
          args: ['-c', 'sort "$1" | uniq', 'execrx', data],
        });
      }),
    );
  });

  it('is refused when it is empty or a quote is not closed', () => {
    expect(() => commandOf(' ', false)).to.throw(BadInputError, 'template is empty');
    expect(() => commandOf(' ', true)).to.throw(BadInputError, 'template is empty');
    expect(() => commandOf("echo 'a", false)).to.throw(BadInputError, "a ' that is not closed");
  });
});
