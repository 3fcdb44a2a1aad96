import { expect } from 'chai';
import { refusalOf } from '../../../support/plan-files.js';

const use = (what: string) => `\${{ ${what} }}`;
const command = (yaml: string) => `commands:\n- ${yaml}`;
const plan = (yaml: string) => `${yaml}\ncommands: [{ run: x }, { run: x }]`;
const graph = (dependencies: string) => plan(`strategy: { type: dependency_graph, dependencies: {${dependencies}} }`);

/** One problem each: the text, the line and the column, the path, and the message. */
const REFUSED: Array<[text: string, line: number, column: number, path: string, message: RegExp]> = [
  // not a plan at all
  ['', 0, 0, '', /^an empty file; expected a mapping with commands$/],
  ['\uFEFF# nothing\r\n', 0, 0, '', /^an empty file/],
  ['- a\n', 1, 1, '', /^expected a mapping with commands, got a list of 1$/],
  ['5', 1, 1, '', /^expected a mapping with commands, got 5$/],
  ['text', 1, 1, '', /^expected a mapping with commands, got 'text'$/],
  ['{}', 1, 1, 'commands', /^expected a list of commands, got nothing$/],
  ['commands:\n', 1, 1, 'commands', /^expected a list of commands, got null$/],
  ['\uFEFFcommands: []', 1, 11, 'commands', /^expected at least one command/],
  ['commands: []', 1, 11, 'commands', /^expected at least one command, got an empty list$/],
  ['commands: { a: {} }', 1, 11, 'commands', /^expected a list of commands, got a mapping with a$/],
  ['commands: [5]', 1, 12, 'commands[0]', /^expected a mapping with run, exec or command, got 5$/],
  // what is not YAML
  ['commands:\n\t- run: x', 2, 1, 'commands', /^Tabs are not allowed as indentation$/],
  ['commands: [{ run: x ]', 1, 21, 'commands[0].run', /./],
  ['commands: [{ run: "a }]', 1, 24, 'commands[0].run', /^Missing closing "$/],
  ['a: "b', 1, 6, 'a', /^Missing closing "$/],
  ['a: b: c', 1, 4, 'a.b', /Nested mappings are not allowed/],
  ['commands: []\n}', 2, 1, 'commands', /^Unexpected flow-map-end token in YAML stream$/],
  [command('run: "\\q"'), 2, 9, 'commands[0].run', /^Invalid escape sequence \\q$/],
  [command('run: !own x'), 2, 8, 'commands[0].run', /^a tag that means nothing here/],
  [command('run: !!binary aGk='), 2, 17, 'commands[0].run', /^expected text, a number, true, false or null$/],
  ['%YAML 1.1\n---\ncommands: [{ run: x, inherit_env: yes }]', 3, 35, 'commands[0].inherit_env', /got 'yes'$/],
  ['commands: [{ run: x }]\n---\ncommands: []', 2, 1, '', /^a second document begins here/],
  ['commands: [{ run: x }]\n...\nmore', 3, 1, '', /^a second document begins here/],
  ['commands: [{ run: x }]\ncommands: []', 2, 1, 'commands', /^this key is here already$/],
  [graph('1: [0], "1": [0]'), 1, 60, 'strategy.dependencies.1', /^this key is here already$/],
  ['? [a]\n: b', 1, 3, '?', /^a key has to be text$/],
  ['__proto__: {}', 1, 1, '__proto__', /^not a name that a key may have$/],
  [command('run: *no'), 2, 8, 'commands[0].run', /^no anchor of this name before this/],
  ['commands: &a [*a]', 1, 15, 'commands[0]', /^this stands for something that it is a part of$/],
  [command('{ run: x, env: { <<: 5 } }'), 2, 24, 'commands[0].env.<<', /to merge$/],
  // fields
  [plan('descripton: x'), 1, 1, 'descripton', /^unknown field 'descripton'; did you mean description\?$/],
  [plan('version: 3'), 1, 1, 'version', /^unknown field 'version'; there are \$schema, id, description,/],
  [plan('id: 5'), 1, 5, 'id', /^expected a UUID, got 5$/],
  [plan('timeout_ms: soon'), 1, 13, 'timeout_ms', /^expected a whole number from 1 to 2147483647, got 'soon'$/],
  [plan('timeout_ms: 0'), 1, 13, 'timeout_ms', /whole number from 1/],
  [plan('metadata: { tag: x }'), 1, 13, 'metadata.tag', /did you mean tags\?/],
  [plan('metadata: { tags: [a] }'), 1, 19, 'metadata.tags', /^expected a mapping of text, got a list of 1$/],
  [command('{ run: x, timeoutMs: 5 }'), 2, 13, 'commands[0].timeoutMs', /did you mean timeout_ms\?/],
  [command('{ run: x, timout_ms: 5 }'), 2, 13, 'commands[0].timout_ms', /did you mean timeout_ms\?/],
  [command('{ run: x, shell: sh }'), 2, 13, 'commands[0].shell', /^unknown field 'shell'$/],
  [command('{}'), 2, 3, 'commands[0]', /^expected exactly one of run, exec and command, got an empty mapping$/],
  [command('{ run: x, exec: [y] }'), 2, 3, 'commands[0]', /exactly one .* got a mapping with run, exec$/],
  [command('run:'), 2, 3, 'commands[0]', /exactly one .* got a mapping without values$/],
  [command('{ name: a, run: ~ }'), 2, 3, 'commands[0]', /exactly one .* got a mapping with name$/],
  [command('run: ""'), 2, 8, 'commands[0].run', /^expected text that is not empty, got an empty string$/],
  [command('run: [x]'), 2, 8, 'commands[0].run', /^expected text, got a list of 1$/],
  [command('run: "a\\0b"'), 2, 8, 'commands[0].run', /without NUL bytes, got a string with a NUL byte at 1$/],
  [
    command('exec: git status'),
    2,
    9,
    'commands[0].exec',
    /^expected a list: \[program, argument, …\], got 'git status'$/,
  ],
  [command('exec: []'), 2, 9, 'commands[0].exec[0]', /^expected text, got nothing$/],
  [command('exec: [x, ~]'), 2, 13, 'commands[0].exec[1]', /^expected text \(''.*\), got null$/],
  [command('exec: [x, {a: b}]'), 2, 13, 'commands[0].exec[1]', /^expected text, got a mapping with a$/],
  [command('command: ls'), 2, 12, 'commands[0].command', /'exec', 'shell'.*for a line of shell, write run:/],
  [command('command: 5'), 2, 12, 'commands[0].command', /a mapping with a type.* got 5$/],
  [command('command: {}'), 2, 12, 'commands[0].command.type', /^expected 'exec', .* or 'aws_cli', got nothing$/],
  [command('command: { type: bash }'), 2, 20, 'commands[0].command.type', /or 'aws_cli', got 'bash'$/],
  [command('command: { type: exec }'), 2, 12, 'commands[0].command.program', /^expected text, got nothing$/],
  [command('command: { type: exec, program: x, arg: [] }'), 2, 38, 'commands[0].command.arg', /did you mean args\?/],
  [command('{ run: x, inherit_env: yes }'), 2, 26, 'commands[0].inherit_env', /^expected true or false, got 'yes'$/],
  [command('{ run: x, priority: .nan }'), 2, 23, 'commands[0].priority', /^expected a finite number, got .nan$/],
  [
    command('{ run: x, retry: 3 }'),
    2,
    20,
    'commands[0].retry',
    /^expected a mapping with attempts and backoff_ms, got 3$/,
  ],
  [command('{ run: x, retry: { attempts: 3 } }'), 2, 20, 'commands[0].retry.backoff_ms', /got nothing$/],
  [
    command('{ run: x, stdin: { pipe: true } }'),
    2,
    20,
    'commands[0].stdin',
    /^expected text, got a mapping with pipe$/,
  ],
  [command('{ run: x, name: a b }'), 2, 19, 'commands[0].name', /letters, digits, _ and -, got 'a b'$/],
  [command('{ run: x, name: 1.5 }'), 2, 19, 'commands[0].name', /letters, digits, _ and -, got 1.5$/],
  [command('{ run: x, depends_on: 5.5 }'), 2, 25, 'commands[0].depends_on', /^expected a name/],
  [
    command('{ run: x, depends_on: { a: b } }'),
    2,
    25,
    'commands[0].depends_on',
    /^expected a name or a list of names, got a map/,
  ],
  // strategies
  [
    plan('strategy: serail'),
    1,
    11,
    'strategy',
    /^expected 'serial', 'parallel' or 'dependency_graph', or .* got 'serail'$/,
  ],
  [plan('strategy: 5'), 1, 11, 'strategy', /^expected 'serial', .* got 5$/],
  [plan('strategy: { type: serail }'), 1, 19, 'strategy.type', /^expected 'serial', .* got 'serail'$/],
  [plan('strategy: { max: 2 }'), 1, 11, 'strategy.type', /got nothing$/],
  [
    plan('strategy: { type: serial, max_concurrency: 2 }'),
    1,
    27,
    'strategy.max_concurrency',
    /there are type, stop_on_error$/,
  ],
  [plan('strategy: { type: parallel, max_concurrency: 0 }'), 1, 46, 'strategy.max_concurrency', /from 1/],
  [
    graph('x: [0]'),
    1,
    52,
    'strategy.dependencies.x',
    /index of a command, from 0 \(names go into depends_on\), got 'x'$/,
  ],
  [graph('01: [0]'), 1, 52, 'strategy.dependencies.01', /index of a command/],
  [
    graph('5: [0]'),
    1,
    52,
    'strategy.dependencies.5',
    /^expected the index of a command, from 0 to 1, as the key, got '5'$/,
  ],
  [graph('1: 0'), 1, 55, 'strategy.dependencies.1', /^expected a list of indices, got 0$/],
  [graph('1: [0, 2]'), 1, 59, 'strategy.dependencies.1[1]', /^expected the index of a command, from 0 to 1, got 2$/],
  [graph('1: [-1]'), 1, 56, 'strategy.dependencies.1[0]', /whole number from 0/],
  [graph('1: [1]'), 1, 56, 'strategy.dependencies.1[0]', /^expected another command than itself/],
  [graph('1: [0], 0: [1]'), 1, 60, 'strategy.dependencies.0', /^these commands wait for each other: 0 -> 1 -> 0$/],
  // names
  [
    'commands:\n- { name: a, run: x }\n- { name: a, run: x }',
    3,
    11,
    'commands[1].name',
    /got 'a', as commands\[0\] has$/,
  ],
  [
    'commands:\n- { name: build, run: x }\n- { run: x, depends_on: biuld }',
    3,
    25,
    'commands[1].depends_on',
    /^no command of this plan is named biuld; did you mean build\?$/,
  ],
  [
    'commands:\n- { run: x, depends_on: [0] }',
    2,
    26,
    'commands[0].depends_on[0]',
    /^no command of this plan is named 0$/,
  ],
  ['commands:\n- { name: a, run: x, depends_on: a }', 2, 34, 'commands[0].depends_on', /cannot depend on itself$/],
  [
    'commands:\n- { name: a, run: x, depends_on: c }\n- { name: b, run: x, depends_on: a }\n- { name: c, run: x, depends_on: [b] }',
    2,
    22,
    'commands[0].depends_on',
    /^these commands wait for each other: 0 -> 2 -> 1 -> 0 \(a -> c -> b -> a\)$/,
  ],
  [
    'strategy: parallel\ncommands:\n- { name: a, run: x }\n- { run: x, depends_on: a }',
    4,
    13,
    'commands[1].depends_on',
    /goes with the strategy dependency_graph, and this plan's is parallel$/,
  ],
  [
    'strategy: { type: dependency_graph, dependencies: {} }\ncommands:\n- { name: a, run: x }\n- { run: x, depends_on: a }',
    1,
    37,
    'strategy.dependencies',
    /^the commands say depends_on already/,
  ],
  // references
  [command(`{ exec: [x, '${use('no.stdout')}'] }`), 2, 15, 'commands[0].exec[1]', /the name of a command of this plan/],
  [
    `commands:\n- { name: a, run: x }\n- { run: 'echo ${use('a.stdout')}' }`,
    3,
    10,
    'commands[1].run',
    /^expected no reference here: pass it through env or args/,
  ],
  [
    `strategy: parallel\ncommands:\n- { name: a, run: x }\n- { command: { type: exec, program: x, args: ['${use('a.stdout')}'] } }`,
    4,
    47,
    'commands[1].command.args[0]',
    /^expected a command that surely runs before this one/,
  ],
  [
    `commands:\n- { name: a, run: x }\n- { run: x, working_dir: '${use('a.stdout')}' }`,
    3,
    26,
    'commands[1].working_dir',
    /no reference here/,
  ],
  [
    `commands:\n- { name: a, run: x }\n- { exec: ['${use('a.stdout')}'] }`,
    3,
    12,
    'commands[1].exec[0]',
    /no reference here/,
  ],
  [
    `commands:\n- { name: a, run: x }\n- { run: x, env: { A.B: '${use('a.out')}' } }`,
    3,
    25,
    'commands[1].env.A.B',
    /stdout, stderr or exitCode/,
  ],
];

describe('a plan file', () => {
  for (const [text, line, column, path, message] of REFUSED) {
    it(`is refused at ${line}:${column} for ${JSON.stringify(text)}`, () => {
      const { problems } = refusalOf(text);
      expect(problems[0]?.message).to.match(message);
      expect(problems[0]).to.include({ file: 'p.yaml', line, column, path });
      expect(problems).to.have.lengthOf(1);
    });
  }

  it('is refused for all that is wrong with its fields, and then for all that is wrong with its names', () => {
    const pathsOf = (text: string) => refusalOf(text).problems.map(({ path }) => path);
    expect(pathsOf('commands: [{ no: 1, timeout_ms: x }]\nid: 5')).to.deep.equal([
      'commands[0]',
      'commands[0].no',
      'commands[0].timeout_ms',
      'id',
    ]);
    expect(pathsOf('commands: [{ run: x, name: a, depends_on: [b, a] }, { run: x, name: a }]')).to.deep.equal([
      'commands[0].depends_on[0]',
      'commands[0].depends_on[1]',
      'commands[1].name',
    ]);
  });
});
