import { expect } from 'chai';
import { isLauncherReply, isLauncherRequest } from '#lib/actors/protocol/launcher-wire.js';

const spawn = {
  type: 'spawn',
  id: 1,
  program: 'a',
  args: ['b'],
  env: { C: 'd' },
  inheritEnv: true,
  cwd: null,
  pipeInput: true,
};
const end = { pid: 42, exitCode: 0, signal: 0, userMs: 1, systemMs: 0.5, maxRssBytes: 1_024 };
const spawned = { type: 'spawned', id: 1, pid: 42, stdin: null, stdout: 5, stderr: 6, startedMs: 1.5 };
const exited = { type: 'exited', end, groupRemains: false };
const output = { stdout: 'a', stderr: '' };
const ran = { type: 'ran', id: 1, startedMs: 1, endedMs: 2.5, end, groupRemains: true, output };

const noMessages = [null, undefined, 7, 'spawn', [], {}, { type: 'unknown' }, { type: 7 }];

describe('isLauncherRequest', () => {
  for (const request of [
    spawn,
    { ...spawn, cwd: '/tmp', env: {}, args: [] },
    { type: 'environment', variables: { A: '' } },
    { type: 'opened', ids: [] },
  ]) {
    it(`accepts ${JSON.stringify(request)}`, () => expect(isLauncherRequest(request)).to.equal(true));
  }

  for (const no of [
    ...noMessages,
    ...['id', 'program', 'args', 'env', 'inheritEnv', 'cwd', 'pipeInput'].map((field) => ({
      ...spawn,
      [field]: undefined,
    })),
    { ...spawn, program: '' },
    { ...spawn, program: 'a\0' },
    { ...spawn, args: ['\0'] },
    { ...spawn, args: [1] },
    { ...spawn, env: { A: 1 } },
    { ...spawn, env: { 'A\0': '' } },
    { ...spawn, cwd: '\0' },
    { ...spawn, id: 1.5 },
    { type: 'environment', variables: null },
    { type: 'opened', ids: ['1'] },
    { type: 'opened' },
  ]) {
    it(`refuses ${JSON.stringify(no)}`, () => expect(isLauncherRequest(no)).to.equal(false));
  }
});

describe('isLauncherReply', () => {
  for (const reply of [
    { type: 'ready' },
    { type: 'unable', reason: 'x' },
    { type: 'notice', message: 'x' },
    { type: 'refused', id: 1, code: 'ENOENT' },
    spawned,
    { ...spawned, stdin: 7 },
    exited,
    ran,
  ]) {
    it(`accepts ${JSON.stringify(reply)}`, () => expect(isLauncherReply(reply)).to.equal(true));
  }

  for (const no of [
    ...noMessages,
    ...[0, 1, -1, -42, 1.5, '42', null].flatMap((pid) => [
      { ...spawned, pid },
      { ...exited, end: { ...end, pid } },
      { ...ran, end: { ...end, pid } },
    ]),
    ...[0, 1, 2, -1, '5'].flatMap((fd) => [
      { ...spawned, stdin: fd },
      { ...spawned, stdout: fd },
      { ...spawned, stderr: fd },
    ]),
    ...[
      { ...end, exitCode: null },
      { ...end, signal: 'SIGTERM' },
      { ...end, userMs: '1' },
      { ...end, systemMs: -1 },
      { ...end, maxRssBytes: undefined },
      null,
    ].flatMap((wrong) => [
      { ...exited, end: wrong },
      { ...ran, end: wrong },
    ]),
    { ...exited, groupRemains: undefined },
    { ...spawned, startedMs: -1 },
    { ...ran, groupRemains: 1 },
    { ...ran, id: null },
    { ...ran, startedMs: null },
    { ...ran, endedMs: '2' },
    { ...ran, output: null },
    { ...ran, output: { stdout: null, stderr: '' } },
    { ...ran, output: { stdout: '', stderr: 7 } },
    { type: 'unable' },
    { type: 'notice', message: 7 },
    { type: 'refused', id: 1 },
  ]) {
    it(`refuses ${JSON.stringify(no)}`, () => expect(isLauncherReply(no)).to.equal(false));
  }
});
