import { expect } from 'chai';
import { z } from 'zod/mini';
import { describe as describeValue, pathText, problemsOf } from '#lib/runtime/problems.js';
import { problemsWith } from '../../support/requests.js';

function problems(schema: z.ZodMiniType, input: unknown) {
  const { error } = schema.safeParse(input);
  if (!error) throw new Error('the schema takes it');
  return problemsOf(error, input);
}

describe('problemsOf', () => {
  const schema = z.strictObject({
    a: z.strictObject({ list: z.array(z.number({ error: 'a number' })) }, { error: 'an object' }),
    names: z.optional(z.record(z.string().check(z.regex(/^[a-z]+$/, { error: 'a small name' })), z.string())),
  });

  it('says where, what was expected, and what came', () => {
    expect(problems(schema, { a: { list: [1, 'x'] } })).to.deep.equal([
      { path: 'a.list[1]', expected: 'a number', received: "'x'" },
    ]);
    expect(problems(schema, { a: 5 })).to.deep.equal([{ path: 'a', expected: 'an object', received: '5' }]);
  });

  it('says of unknown fields only what type they are', () => {
    expect(problems(schema, { a: { list: [], key: 'secret' }, other: 1 })).to.have.deep.members([
      { path: 'a.key', expected: 'no such field', received: 'string' },
      { path: 'other', expected: 'no such field', received: 'number' },
    ]);
  });

  it('says of a wrong key what a key must be, and shows nothing of its value', () => {
    expect(problems(schema, { a: { list: [] }, names: { BAD: 'secret' } })).to.deep.equal([
      { path: 'names.BAD', expected: 'a small name', received: "'BAD'" },
    ]);
  });
});

describe('problems with the name of a variable', () => {
  const refused = (env: object) => problemsWith({ env });
  const expected = "a variable name without '=' and NUL bytes";

  it('show nothing of a value that stands in the name', () => {
    expect(refused({ 'TOKEN=secret': 'x' })).to.deep.equal([{ path: 'env.TOKEN=…', expected, received: "'TOKEN=…'" }]);
  });

  it('say what a name is also where it is no text', () => {
    expect(refused({ [Symbol('a')]: 'x' })).to.deep.equal([{ path: 'env.Symbol(a)', expected, received: 'a symbol' }]);
  });
});

describe('pathText', () => {
  it('is written as in code', () => {
    expect(pathText([])).to.equal('');
    expect(pathText(['command', 'args', 2])).to.equal('command.args[2]');
    expect(pathText([0, 'id'])).to.equal('[0].id');
  });
});

describe('describe', () => {
  const cases: Array<[unknown, string]> = [
    [undefined, 'nothing'],
    [null, 'null'],
    [5, '5'],
    [Number.NaN, 'NaN'],
    [true, 'true'],
    ['', 'an empty string'],
    ['short', "'short'"],
    ['x'.repeat(40), `'${'x'.repeat(40)}'`],
    ['x'.repeat(41), `'${'x'.repeat(37)}…'`],
    ['a\0b', 'a string with a NUL byte at 1'],
    [[1, 2], 'an array of 2'],
    [{ a: 1 }, 'an object'],
    [() => {}, 'a function'],
    [5n, 'a bigint'],
  ];
  for (const [value, text] of cases) {
    it(`says ${JSON.stringify(text)} of a value of type ${typeof value}`, () => {
      expect(describeValue(value)).to.equal(text);
    });
  }
});
