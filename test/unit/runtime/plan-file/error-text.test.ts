import { expect } from 'chai';
import { widthOf } from '#lib/cli/text/width.js';
import { refusalOf } from '../../../support/plan-files.js';

describe('the message of a plan file error', () => {
  it('shows for each problem its place, what is wrong, the field, and the line with a caret', () => {
    const error = refusalOf('commands:\n  - run: x\n    timeout: 5\n    priority: high\n', 'dir/my plan.yaml');
    expect(error.code).to.equal('PLAN_FILE_ERROR');
    expect(error.name).to.equal('PlanFileError');
    expect(
      error.message,
    ).to.equal(`dir/my plan.yaml:3:5: unknown field 'timeout'; did you mean timeout_ms? (commands[0].timeout)
  3 |     timeout: 5
    |     ^
dir/my plan.yaml:4:15: expected a finite number, got 'high' (commands[0].priority)
  4 |     priority: high
    |               ^`);
  });

  it('is of the file alone where no place can be named', () => {
    expect(refusalOf('', 'empty.yaml').message).to.equal('empty.yaml: an empty file; expected a mapping with commands');
  });

  it('shows the first twenty problems, holds the first hundred, and says how many there are', () => {
    const text = `commands:\n${'- { run: x, no: 1 }\n'.repeat(130)}`;
    const { message, problems } = refusalOf(text);
    expect(message.match(/unknown field/g)).to.have.lengthOf(20);
    expect(message.endsWith('\n… and 110 more problems')).to.equal(true);
    expect(problems.map(({ line }) => line)).to.deep.equal(Array.from({ length: 100 }, (_, index) => index + 2));
  });

  it('tells the problems in the order of the file', () => {
    const text = 'b: 1\ncommands: [{ run: x, c: 1, timeout_ms: x }]\na: 1\n';
    expect(refusalOf(text).problems.map(({ path }) => path)).to.deep.equal([
      'b',
      'commands[0].c',
      'commands[0].timeout_ms',
      'a',
    ]);
  });

  it('tells once what an alias repeats', () => {
    const text = 'commands:\n- { run: x, retry: &r { attempts: 0, backoff_ms: 1 } }\n- { run: x, retry: *r }\n';
    expect(refusalOf(text).problems.map(({ line, path }) => `${line} ${path}`)).to.deep.equal([
      '2 commands[0].retry.attempts',
    ]);
  });

  it('shows a piece of a long line', () => {
    const { message } = refusalOf(`commands: [{ run: "${'x'.repeat(500)}", no: 1, stdin: "${'y'.repeat(500)}" }]`);
    const [, line = '', caret = ''] = message.split('\n');
    expect(line).to.match(/^ {2}1 \| …x+", no: 1, stdin: "y+…$/);
    expect(line.length).to.be.below(140);
    expect(caret.indexOf('^')).to.equal(line.indexOf('no: 1'));
  });

  it('puts the caret under the column where tabs, CRLF, characters of two units and wide ones are in the line', () => {
    const [, line = '', caret = ''] = refusalOf('commands: [{ run: "😀é",\tno: 1 }]\r\n').message.split('\n');
    expect(line).to.equal('  1 | commands: [{ run: "😀é", no: 1 }]');
    expect(caret.indexOf('^')).to.equal(widthOf(line.slice(0, line.indexOf('no: 1'))));
    const [, cjk = '', below = ''] = refusalOf('commands: [{ run: 漢字カナ한글, no: 1 }]').message.split('\n');
    expect(below.indexOf('^')).to.equal('  1 | commands: [{ run: '.length + 2 * 6 + ', '.length);
    expect(cjk).to.include('漢字カナ한글');
  });

  it('lets nothing of the file or of its name act upon a terminal', () => {
    const text = 'commands: [{ run: "\u001b[31m\u202e", "\\e[2J\\n": 1 }]';
    const { message, problems } = refusalOf(text, 'a\u001b]0;b\u0007.yaml');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;
    expect(message).not.to.match(acting);
    expect(message.split('\n')).to.have.lengthOf(3);
    expect(problems[0]?.path).to.equal('commands[0].\\u001b[2J\\u000a');
  });

  it('is of a bearable length, however long keys and names are', () => {
    const long = 'k'.repeat(100_000);
    for (const text of [`"${long}": 1\ncommands: [{ run: x }]`, `commands: [{ run: x, depends_on: ${long} }]`]) {
      expect(refusalOf(text).message.length).to.be.below(2_000);
    }
  });
});

describe('what an environment holds', () => {
  const secret = 'hunter2';
  const broken = [
    `env: { TOKEN: [${secret}] }`,
    `env: { TOKEN: { ${secret}: 1 } }`,
    `env: ${secret}`,
    `env: [TOKEN=${secret}]`,
    `env: { TOKEN=${secret}: x }`,
    `env: { TOKEN: "${secret}\\0" }`,
    `env: { TOKEN: "${secret}\\q" }`,
    `env: { TOKEN: *${secret} }`,
    `env: { TOKEN: ${secret}, TOKEN: ${secret} }`,
    `env: { TOKEN: "${secret}" "${secret}" }`,
    `env:\n    TOKEN: "${secret}`,
    `env:\n    TOKEN: ${secret}: x`,
    `env:\n    TOKEN=${secret}\n    A: b`,
    `env:\n    TOKEN: !${secret} x`,
    `env:\n    TOKEN: |${secret}`,
    `env:\n    TOKEN: "${secret}" ${secret}: x`,
    `env: { TOKEN: ${secret} `,
    `env:\n\tTOKEN: ${secret}`,
  ];
  for (const yaml of broken) {
    it(`is not shown for ${JSON.stringify(yaml)}`, () => {
      const { message, problems } = refusalOf(`commands:\n- run: x\n  ${yaml}`);
      expect(JSON.stringify([message, problems])).not.to.include(secret);
    });
  }
});
