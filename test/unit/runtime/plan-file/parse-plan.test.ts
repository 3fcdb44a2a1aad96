import { expect } from 'chai';
import { ValidationError } from '#dist/actors/protocol/errors.js';
import { parsePlan } from '#dist/runtime/plan-file/parse-plan.js';

const commandIn = (yaml: string) => parsePlan(`commands:\n- ${yaml.replaceAll('\n', '\n  ')}`).commands[0];
const strategyIn = (yaml: string) => parsePlan(yaml).strategy;
const named = (...names: string[]) => names.map((name) => `{ name: ${name}, run: x }`).join(', ');

describe('parsePlan', () => {
  it('reads JSON with snake_case fields and indices', () => {
    const text = `{
\t"id": "8f1b2c5e-7f5e-4b8e-9d1c-0a1b2c3d4e5f",
\t"description": "d", "timeout_ms": 9,
\t"strategy": { "type": "dependency_graph", "dependencies": { "1": [0] }, "max_concurrency": 2, "on_failure": "stop" },
\t"commands": [
\t\t{ "command": { "type": "exec", "program": "a", "args": ["\\ud83d\\ude00\\/", ""] }, "working_dir": null },
\t\t{ "command": { "type": "aws_cli", "service": "s3", "operation": "ls", "args": ["x"], "profile": "p", "region": "r" } }
\t],
\t"metadata": { "source": "s", "conversation_id": "c", "tags": { "k": "v" } }
}`;
    expect(parsePlan(text)).to.deep.equal({
      id: '8f1b2c5e-7f5e-4b8e-9d1c-0a1b2c3d4e5f',
      description: 'd',
      timeoutMs: 9,
      strategy: { type: 'dependency_graph', dependencies: { 1: [0] }, maxConcurrency: 2, onFailure: 'stop' },
      commands: [
        { command: { type: 'exec', program: 'a', args: ['😀/', ''] } },
        { command: { type: 'aws_cli', service: 's3', operation: 'ls', args: ['x'], profile: 'p', region: 'r' } },
      ],
      metadata: { source: 's', conversationId: 'c', tags: { k: 'v' } },
    });
  });

  it('reads every field of a command', () => {
    const yaml = `id: 8f1b2c5e-7f5e-4b8e-9d1c-0a1b2c3d4e5f
name: one
command: { type: script, path: ./a.sh, interpreter: sh, args: [b] }
env: { A: b }
inherit_env: false
working_dir: sub
stdin: in
timeout_ms: 1
queue_timeout_ms: 2
idle_timeout_ms: 3
priority: -1.5
retry: { attempts: 2, backoff_ms: 3, factor: 1.5, max_backoff_ms: 4, on: [failed, timeout] }
max_output_size_bytes: 5
oversized_output_strategy: stream_to_file
metadata: { source: s }`;
    expect(commandIn(yaml)).to.deep.equal({
      id: '8f1b2c5e-7f5e-4b8e-9d1c-0a1b2c3d4e5f',
      name: 'one',
      command: { type: 'script', path: './a.sh', interpreter: 'sh', args: ['b'] },
      env: { A: 'b' },
      inheritEnv: false,
      workingDir: 'sub',
      stdin: 'in',
      timeoutMs: 1,
      queueTimeoutMs: 2,
      idleTimeoutMs: 3,
      priority: -1.5,
      retry: { attempts: 2, backoffMs: 3, factor: 1.5, maxBackoffMs: 4, on: ['failed', 'timeout'] },
      maxOutputSizeBytes: 5,
      oversizedOutputStrategy: 'stream_to_file',
      metadata: { source: 's' },
    });
  });

  it('takes run for a line of shell and exec for a program with its arguments', () => {
    expect(commandIn('run: echo $A | wc')?.command).to.deep.equal({ type: 'shell', command: 'echo $A | wc' });
    expect(commandIn('exec: [git, log, "a b"]')?.command).to.deep.equal({
      type: 'exec',
      program: 'git',
      args: ['log', 'a b'],
    });
    expect(commandIn('command: { type: shell, command: x, shell: zsh }')?.command).to.deep.equal({
      type: 'shell',
      command: 'x',
      shell: 'zsh',
    });
  });

  it('takes numbers and truth values for text to the letter, and for numbers where numbers are wanted', () => {
    const command = commandIn(`exec: [x, -n, 5, 1.0, 0x10, 1e3, 12345678901234567890, true, yes, on, ~x]
env: { PORT: 8080, V: 1.10, M: 0o644, T: True, 1: one }
timeout_ms: 0x10
stdin: 007`);
    expect(command?.command).to.deep.include({
      args: ['-n', '5', '1.0', '0x10', '1e3', '12345678901234567890', 'true', 'yes', 'on', '~x'],
    });
    expect(command).to.deep.include({ env: { PORT: '8080', V: '1.10', M: '0o644', T: 'True', 1: 'one' } });
    expect(command).to.include({ timeoutMs: 16, stdin: '007' });
  });

  it('takes null and the empty rest of a line for an optional field that is not there', () => {
    expect(commandIn('run: x\nenv:\nretry: null\ntimeout_ms: ~')).to.deep.equal({
      command: { type: 'shell', command: 'x' },
    });
    expect(strategyIn('strategy: { type: parallel, max_concurrency: null }\ncommands: [{ run: x }]')).to.deep.equal({
      type: 'parallel',
    });
  });

  it('merges mappings with <<: what is written wins, then what comes first', () => {
    const plan = parsePlan(`commands:
- { run: a, env: &a { A: 1, B: 1 } }
- { run: b, env: &b { <<: *a, B: 2, C: 2 } }
- { run: c, env: { C: 3, <<: [*a, *b] } }
- { run: d, env: { "<<": text } }`);
    expect(plan.commands.map(({ env }) => env)).to.deep.equal([
      { A: '1', B: '1' },
      { A: '1', B: '2', C: '2' },
      { A: '1', B: '1', C: '3' },
      { '<<': 'text' },
    ]);
  });

  it('reads a file with a byte order mark, with CRLF, and with one document between markers', () => {
    for (const text of [
      '\uFEFFcommands:\n- run: x\n',
      'commands:\r\n- run: x\r\n',
      '---\ncommands:\n- run: x\n...\n',
    ]) {
      expect(parsePlan(text)).to.deep.equal({
        strategy: { type: 'serial' },
        commands: [{ command: { type: 'shell', command: 'x' } }],
      });
    }
  });

  it('keeps variables whose names objects have of their own', () => {
    expect(commandIn('run: x\nenv: { constructor: a, toString: b }')?.env).to.deep.equal({
      constructor: 'a',
      toString: 'b',
    });
  });

  it('ignores $schema, which editors read', () => {
    expect(parsePlan('{ "$schema": "x.json", "commands": [{ "run": "x" }] }')).not.to.have.property('$schema');
  });

  it('refuses what is not a string as any call with a wrong argument', () => {
    expect(() => parsePlan(Buffer.from('commands: []') as never)).to.throw(ValidationError, /text: expected a string/);
  });
});

describe('the strategy of a plan file', () => {
  it('is serial, unless anything is said', () => {
    expect(strategyIn(`commands: [${named('a', 'b')}]`)).to.deep.equal({ type: 'serial' });
  });

  it('may be its type alone', () => {
    expect(strategyIn('strategy: parallel\ncommands: [{ run: x }]')).to.deep.equal({ type: 'parallel' });
    expect(strategyIn('strategy: dependency_graph\ncommands: [{ run: x }]')).to.deep.equal({
      type: 'dependency_graph',
      dependencies: {},
    });
  });

  it('may say when it stops', () => {
    expect(strategyIn('strategy: { type: serial, stop_on_error: false }\ncommands: [{ run: x }]')).to.deep.equal({
      type: 'serial',
      stopOnError: false,
    });
  });

  it('is a graph as soon as one command depends on another, by one name or by several, of later commands too', () => {
    const text = `commands: [{ run: x, depends_on: [b, a, b] }, ${named('a', 'b')}, { run: x, depends_on: a }]`;
    expect(strategyIn(text)).to.deep.equal({ type: 'dependency_graph', dependencies: { 0: [2, 1], 3: [1] } });
  });

  it('is a graph with an empty depends_on as well', () => {
    expect(strategyIn('commands: [{ run: x, depends_on: [] }]')).to.deep.equal({
      type: 'dependency_graph',
      dependencies: {},
    });
  });

  it('may be a graph with its own settings that depends_on fills in', () => {
    const text = `strategy: { type: dependency_graph, max_concurrency: 3, on_failure: stop }
commands: [${named('a')}, { run: x, depends_on: a }]`;
    expect(parsePlan(text)).to.deep.equal({
      strategy: { type: 'dependency_graph', dependencies: { 1: [0] }, maxConcurrency: 3, onFailure: 'stop' },
      commands: [{ name: 'a', command: { type: 'shell', command: 'x' } }, { command: { type: 'shell', command: 'x' } }],
    });
  });

  it('may name commands by numbers, which are names like others', () => {
    expect(strategyIn(`commands: [${named('7', '1e3')}, { run: x, depends_on: [7, 1e3] }]`)).to.deep.equal({
      type: 'dependency_graph',
      dependencies: { 2: [0, 1] },
    });
  });
});
