import { expect } from 'chai';
import { BadInputError } from '#lib/cli/exit-code.js';
import { shellText } from '#lib/cli/map/shell-text.js';

describe('shellText', () => {
  for (const [template, text] of [
    ['cat {} | wc', 'cat "$1" | wc'],
    ['cp {} {}.bak', 'cp "$1" "$1".bak'],
    ['wc -l', 'wc -l "$1"'],
    ["echo 'it' {}", `echo 'it' "$1"`],
    ['echo "a \\" b" {}', 'echo "a \\" b" "$1"'],
    ["echo '\\' {}", `echo '\\' "$1"`],
    ['echo \\{} {}', 'echo \\{} "$1"'],
    [`echo "it's" {}`, `echo "it's" "$1"`],
  ] as const) {
    it(`makes ${text} of ${template}`, () => {
      expect(shellText(template)).to.equal(text);
    });
  }

  for (const template of [`echo '{}'`, 'echo "{}"', 'echo "$(cat {})"', `awk '{print "{}"}' x`]) {
    it(`refuses ${template}, where "$1" would mean something else`, () => {
      expect(() => shellText(template)).to.throw(BadInputError, 'outside quotes');
    });
  }
});
