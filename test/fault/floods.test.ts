import { expect } from 'chai';
import type { OutputSummary } from 'execrx';
import { CreditWindow } from '#lib/actors/worker/credit-window.js';
import { runApp } from '../support/fault/app.js';

interface Told {
  status: string;
  output: OutputSummary;
  lines: number;
  pieces: number;
  characters: number;
  longest: number;
  blockedMs: number;
  grownMiB: number;
}

async function flood(command: string, ...args: string[]): Promise<Told> {
  const { exitCode, stdout, stderr } = await runApp('flood', [], [command, ...args]);
  expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** What V8 and the allocator may make of the work itself; a queue without bound takes many times as much. */
const FLAT_MIB = 220;

describe('a flood of output', () => {
  it('costs no more memory for a line of 64 MiB without end, and arrives in pieces', async () => {
    const told = await flood(`head -c ${64 * 1_048_576} /dev/zero | tr '\\0' x`);
    expect(told.status).to.equal('completed');
    expect(told.characters).to.equal(64 * 1_048_576);
    expect(told.longest).to.equal(65_536);
    expect(told.lines).to.equal(1);
    expect(told.pieces).to.equal(1_023);
    expect(told.grownMiB).to.be.below(64);
  });

  it('waits for a subscriber that blocks the main thread: nothing is lost and memory stays flat', async function () {
    this.timeout(60_000);
    const told = await flood('seq 20000000', '50000', '60');
    expect(told.status).to.equal('completed');
    expect(told.lines).to.equal(20_000_000);
    expect(told.characters).to.equal(told.output.stdoutBytes - 20_000_000);
    expect(told.output.complete).to.equal(true);
    expect(told.blockedMs).to.be.at.least(3_000);
    expect(told.grownMiB).to.be.below(FLAT_MIB);
  });

  it('stays flat when it comes from a process that outlives its parent while the main thread is blocked', async () => {
    const told = await flood('yes & sleep 0.05; exit 0', '1000', '1500');
    expect(told.status).to.equal('completed');
    expect(told.output.complete).to.equal(false);
    expect(told.blockedMs).to.be.at.least(3_000);
    expect(told.grownMiB).to.be.below(FLAT_MIB);
  });
});

describe('the credit of an attempt that has ended', () => {
  it('is given back without waking it, and without it being remembered', () => {
    const window = new CreditWindow();
    const woken: string[] = [];
    const open = (name: string) =>
      window.open(
        () => {},
        () => woken.push(name),
      );
    const crowd = Array.from({ length: 20 }, (_, index) => open(`crowd ${index}`));
    for (const account of crowd) account.charge(1_000_000);
    const ended = open('ended');
    const alive = open('alive');
    ended.charge(100_000);
    alive.charge(100_000);
    expect(ended.exhausted).to.equal(true);
    ended.close();
    window.creditEnded(100_000);
    for (const account of crowd) account.credit(1_000_000);
    expect(woken).to.include('alive').and.not.to.include('ended');
  });
});
