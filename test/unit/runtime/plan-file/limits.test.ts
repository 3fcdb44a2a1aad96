import { expect } from 'chai';
import { parsePlan } from '#dist/runtime/plan-file/parse-plan.js';
import { refusalOf } from '../../../support/plan-files.js';

const MIB = 1024 * 1024;

describe('a plan file', () => {
  it('is refused unread when it is larger than 10 MiB of UTF-8', () => {
    const message = 'p.yaml: larger than 10 MiB, the most that a plan file may have';
    expect(refusalOf('{'.repeat(10 * MIB + 1)).message).to.equal(message);
    expect(refusalOf('é'.repeat(5 * MIB + 1)).message).to.equal(message);
    expect(() => parsePlan(`commands: [{ run: ${'x'.repeat(10 * MIB - 21)} }]`)).not.to.throw();
  });

  it('is refused when it is binary', () => {
    const { problems } = refusalOf('\x7fELF\x02\n\x01\0\0');
    expect(problems[0]).to.include({ line: 2, column: 2 });
    expect(problems[0]?.message).to.match(/^a NUL byte/);
  });

  for (const [kind, opening] of [
    ['lists in brackets', '['],
    ['mappings in braces', '{a: '],
    ['lists of dashes', '- '],
    ['explicit keys', '? '],
  ] as const) {
    it(`is refused when it nests ${kind} too deep`, () => {
      const { problems } = refusalOf(opening.repeat(200_000));
      expect(problems.map(({ message }) => message)).to.deep.equal(['nested more than 64 deep']);
    });
  }

  it('is refused when it nests blocks too deep', () => {
    const text = Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
    expect(refusalOf(text).message).to.match(/nested more than 64 deep/);
  });

  it('is refused when its aliases stand for more than a million values, however small it is', () => {
    const letters = 'abcdefghijkl'.split('');
    const lines = letters.map((letter, index) => {
      const inside = index === 0 ? 'x' : `*${letters[index - 1]}`;
      return `${letter}: &${letter} [${Array(9).fill(inside).join(',')}]\n`;
    });
    const { problems } = refusalOf(lines.join(''));
    expect(problems).to.have.lengthOf(1);
    expect(problems[0]?.message).to.match(/aliases up to here stand for more than 1000000 values/);
  });

  it('is refused when it merges a large mapping many times', () => {
    const env = Array.from({ length: 1_100 }, (_, index) => `k${index}: 1`).join(', ');
    const text = `commands: [{ run: x, env: &e { ${env} } }${', { run: x, env: { <<: *e } }'.repeat(1_000)}]`;
    expect(refusalOf(text).message).to.match(/stand for more than/);
  });

  it('may use one alias thousands of times', () => {
    const text = `commands: [{ run: x, env: &e { A: 1 } }${', { run: x, env: *e }'.repeat(2_000)}]`;
    expect(parsePlan(text).commands[2_000]).to.deep.include({ env: { A: '1' } });
  });

  it('may have thousands of keys in one mapping', () => {
    const count = 5_000;
    const dependencies = Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, [index]]));
    const commands = Array.from({ length: count + 1 }, () => ({ run: 'x' }));
    const plan = parsePlan(JSON.stringify({ strategy: { type: 'dependency_graph', dependencies }, commands }));
    expect(plan.strategy).to.deep.equal({ type: 'dependency_graph', dependencies });
  });

  it('is refused when every one of its values is wrong, or every character', () => {
    for (const text of [`commands: [{ exec: [x,${'~,'.repeat(130_000)}] }]`, '}'.repeat(2_000), '&a '.repeat(2_000)]) {
      expect(refusalOf(text).problems.length).to.be.within(1, 100);
    }
  });
});
