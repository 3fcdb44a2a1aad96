import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { systemClock } from '#lib/actors/kernel/clock.js';
import { SimulatedClock } from '../../../support/simulated-clock.js';

describe('systemClock', () => {
  it('tells the time since the epoch', () => {
    expect(systemClock.now()).to.be.within(Date.now() - 1_000, Date.now());
  });

  it('has one monotonic line for every thread', async () => {
    const source = `import { systemClock } from '${import.meta.resolve('#lib/actors/kernel/clock.js')}';
      import { parentPort } from 'node:worker_threads';
      parentPort.postMessage(systemClock.monotonicMs());`;
    const before = systemClock.monotonicMs();
    // Not from the start of a thread, as other clocks of Node are.
    expect(before).to.be.closeTo(Number(process.hrtime.bigint()) / 1e6, 1_000);
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
    const there = await new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject));
    expect(there).to.be.within(before, systemClock.monotonicMs());
    await worker.terminate();
  });

  it('runs a timer once its delay is over, and none that was cleared', async () => {
    const ran: string[] = [];
    const begunAt = performance.now();
    const cleared = systemClock.setTimeout(() => ran.push('cleared'), 1);
    await new Promise<void>((resolve) => {
      systemClock.setTimeout(() => ran.push('kept'), 20);
      systemClock.setTimeout(resolve, 25);
      systemClock.clearTimeout(cleared);
      systemClock.clearTimeout(undefined);
    });
    expect(ran).to.deep.equal(['kept']);
    expect(performance.now() - begunAt).to.be.at.least(23);
  });
});

describe('SimulatedClock', () => {
  it('runs timers in order of their due time, those that timers set included, and stands still otherwise', () => {
    const clock = new SimulatedClock(1_000);
    const ran: string[] = [];
    clock.setTimeout(() => ran.push(`late at ${clock.now()}`), 30);
    clock.setTimeout(() => {
      ran.push(`first at ${clock.now()}`);
      clock.setTimeout(() => ran.push(`nested at ${clock.now()}`), 5);
    }, 10);
    clock.clearTimeout(clock.setTimeout(() => ran.push('cleared'), 1));
    clock.advance(20);
    expect(ran).to.deep.equal(['first at 1010', 'nested at 1015']);
    expect(clock.pending).to.deep.equal([10]);
    clock.advance(10);
    expect(ran.at(-1)).to.equal('late at 1030');
    expect(clock.monotonicMs()).to.equal(30);
  });
});
