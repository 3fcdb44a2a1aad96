import { expect } from 'chai';
import { ticksOf } from '#dist/cli/report/time-axis.js';
import { fc } from '../../../support/fast-check.js';

const labelsOf = (spanMs: number) => ticksOf(spanMs).map(({ label }) => label);

describe('ticksOf', () => {
  it('has round times in the unit of the whole', () => {
    expect(labelsOf(7)).to.deep.equal(['0', '1 ms', '2 ms', '3 ms', '4 ms', '5 ms', '6 ms', '7 ms']);
    expect(labelsOf(9)).to.deep.equal(['0', '2 ms', '4 ms', '6 ms', '8 ms']);
    expect(labelsOf(640)).to.deep.equal(['0', '100 ms', '200 ms', '300 ms', '400 ms', '500 ms', '600 ms']);
    expect(labelsOf(1_500)).to.deep.equal(['0', '0.2 s', '0.4 s', '0.6 s', '0.8 s', '1.0 s', '1.2 s', '1.4 s']);
    expect(labelsOf(9_200)).to.deep.equal(['0', '2 s', '4 s', '6 s', '8 s']);
    expect(labelsOf(100_000)).to.deep.equal(['0', '0:15', '0:30', '0:45', '1:00', '1:15', '1:30']);
    expect(labelsOf(1_500_000)).to.deep.equal(['0', '5 min', '10 min', '15 min', '20 min', '25 min']);
    expect(labelsOf(5 * 3_600_000)).to.deep.equal(['0', '1 h', '2 h', '3 h', '4 h', '5 h']);
    expect(labelsOf(10 * 24 * 3_600_000)).to.deep.equal(['0', '48 h', '96 h', '144 h', '192 h', '240 h']);
  });

  it('has two to nine of them, evenly apart from 0 on and none beyond the end, no label twice', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e10, noNaN: true }), (spanMs) => {
        const ticks = ticksOf(spanMs);
        expect(ticks.length).to.be.within(2, 9);
        const stepMs = (ticks[1]?.atMs as number) - 0;
        expect(ticks.map(({ atMs }) => atMs)).to.deep.equal(ticks.map((_, at) => at * stepMs));
        expect(ticks.at(-1)?.atMs).to.be.within(spanMs - stepMs, spanMs);
        expect(new Set(ticks.map(({ label }) => label)).size).to.equal(ticks.length);
      }),
    );
  });
});
