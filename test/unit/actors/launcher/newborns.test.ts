import { closeSync, writeSync } from 'node:fs';
import { expect } from 'chai';
import { systemClock } from '#lib/actors/kernel/clock.js';
import { Newborns } from '#lib/actors/launcher/newborns.js';
import { createPipe, type Pipe } from '#lib/actors/launcher/system-calls.js';
import { eventually } from '../../../support/eventually.js';

describe('Newborns', () => {
  let pipes: Pipe[];
  let grown: number[][];
  let newborns: Newborns;

  beforeEach(() => {
    pipes = [createPipe(), createPipe()] as Pipe[];
    grown = [];
    newborns = new Newborns({ lookMs: 2, silenceMs: 10 }, () => {
      const taken = newborns.takeGrown();
      if (taken.length > 0) grown.push(taken.map(({ pid }) => pid));
    });
  });
  afterEach(() => {
    for (const { readEnd, writeEnd } of pipes) for (const fd of [readEnd, writeEnd]) closeSync(fd);
  });

  function add(pid: number, startedMs: number): void {
    const [stdout, stderr] = pipes.map(({ readEnd }) => readEnd) as [number, number];
    newborns.add({ id: pid, pid, ends: { stdout, stderr }, startedMs });
  }

  for (const stream of [0, 1]) {
    it(`are told of at the second look once they have said something on descriptor ${stream + 1}`, () => {
      add(7, systemClock.monotonicMs() + 1_000_000); // so young that silence is no reason
      expect(newborns.takeGrown()).to.deep.equal([]);
      writeSync(pipes[stream]?.writeEnd as number, 'x');
      expect(newborns.takeGrown()).to.deep.equal([]);
      expect(newborns.takeGrown().map(({ pid }) => pid)).to.deep.equal([7]);
      expect(newborns.takeGrown()).to.deep.equal([]);
    });
  }

  it('are told of when they have been silent for long enough, and the others are not', () => {
    add(7, systemClock.monotonicMs() - 1_000);
    add(8, systemClock.monotonicMs() + 1_000_000);
    expect(newborns.takeGrown().map(({ pid }) => pid)).to.deep.equal([7]);
    expect(newborns.take(8)?.pid).to.equal(8);
  });

  it('are not told of once they were taken', () => {
    add(7, systemClock.monotonicMs() - 1_000);
    expect(newborns.take(7)?.pid).to.equal(7);
    expect(newborns.take(7)).to.equal(null);
    expect(newborns.takeGrown()).to.deep.equal([]);
  });

  it('are looked at for as long as there are any', async () => {
    add(7, systemClock.monotonicMs());
    add(8, systemClock.monotonicMs());
    await eventually('both are told of', () => grown.flat().sort().join() === '7,8');
  });
});
