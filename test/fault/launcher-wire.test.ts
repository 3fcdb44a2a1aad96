import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { expect } from 'chai';
import type { LauncherReply } from '#lib/actors/protocol/launcher-wire.js';
import { eventually } from '../support/eventually.js';
import { projectRoot } from '../support/paths.js';

const ENTRY = join(projectRoot, 'dist', 'launcher.cjs');
const SPAWN = {
  type: 'spawn',
  id: 1,
  program: 'true',
  args: [],
  env: {},
  inheritEnv: false,
  cwd: null,
  pipeInput: false,
};

const refused: Array<[what: string, line: string, says: RegExp]> = [
  ['a line that is not JSON', 'nonsense', /not JSON/],
  ['an empty line', '', /not JSON/],
  ['a line that is not an array', '{"type":"spawn"}', /not an array/],
  ['an unknown type', '[{"type":"format_disk"}]', /no request/],
  ['something that is no object', '[null, 7, "spawn", []]', /no request/],
  ['a NUL byte in the program', JSON.stringify([{ ...SPAWN, program: 'a\0b' }]), /no request/],
  ['a NUL byte in an argument', JSON.stringify([{ ...SPAWN, args: ['a\0b'] }]), /no request/],
  ['a NUL byte in the environment', JSON.stringify([{ ...SPAWN, env: { A: '\0' } }]), /no request/],
  ['a NUL byte in the working directory', JSON.stringify([{ ...SPAWN, cwd: '/\0' }]), /no request/],
  ['an empty program', JSON.stringify([{ ...SPAWN, program: '' }]), /no request/],
  ['arguments that are no array', JSON.stringify([{ ...SPAWN, args: 'x' }]), /no request/],
  ['ids that are no numbers', '[{"type":"opened","ids":["1"]}]', /no request/],
  ['a series without places', JSON.stringify([{ ...SPAWN, type: 'series', places: 0 }]), /no request/],
  ['a series without a program', JSON.stringify([{ ...SPAWN, type: 'series', places: 1, program: '' }]), /no request/],
  ['a NUL byte in one of many', '[{"type":"more","series":1,"args":[["a"],["\\u0000"]]}]', /no request/],
  ['more that is no list of arguments', '[{"type":"more","series":1,"args":["a"]}]', /no request/],
  ['a series that is no number', '[{"type":"halt","series":"1"}]', /no request/],
  ['a place that is none', '[{"type":"resume","series":1,"places":-1}]', /no request/],
  ['a pipe that is no number', '[{"type":"widen","fd":"1"}]', /no request/],
  ['an environment that is none', '[{"type":"environment","variables":[]}]', /no request/],
  ['a line without end', 'x'.repeat(34_000_000), /a line of more than/],
];

function isOfProcess({ type }: LauncherReply): boolean {
  return type === 'spawned' || type === 'ran' || type === 'exited';
}

describe('a launcher that is sent something that is no request', () => {
  let child: ChildProcess;
  let channel: Duplex;
  let replies: LauncherReply[];

  beforeEach(async () => {
    child = spawn(process.execPath, [ENTRY], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    channel = child.stdio[3] as Duplex;
    replies = [];
    let text = '';
    channel.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) replies.push(...JSON.parse(line));
    });
    await eventually('it is ready', () => replies.some(({ type }) => type === 'ready'));
  });

  afterEach(async () => {
    const exited = once(child, 'exit');
    channel.end();
    expect(await exited).to.deep.equal([0, null]);
  });

  async function expectStillWorks(): Promise<void> {
    channel.write(`${JSON.stringify([{ ...SPAWN, id: 99 }])}\n`);
    const told = () => replies.flatMap((reply) => (isOfProcess(reply) ? [reply.type] : []));
    await eventually('it spawns and reaps', () => ['ran', 'spawned,exited'].includes(told().join()));
  }

  for (const [what, line, says] of refused) {
    it(`refuses ${what}, says so, and goes on`, async () => {
      channel.write(`${line}\n`);
      await eventually('it says so', () =>
        replies.some((reply) => reply.type === 'notice' && says.test(reply.message)),
      );
      expect(replies.filter(isOfProcess)).to.deep.equal([]);
      await expectStillWorks();
    });
  }

  it('does nothing for numbers of requests and descriptors it does not know', async () => {
    channel.write('[{"type":"opened","ids":[-1,0,3,12345]}]\n');
    channel.write(
      '[{"type":"more","series":9,"args":[["a"]]},{"type":"resume","series":9,"places":1},{"type":"halt","series":9}]\n',
    );
    await expectStillWorks();
    expect(replies.filter(({ type }) => type === 'notice')).to.deep.equal([]);
  });
});
