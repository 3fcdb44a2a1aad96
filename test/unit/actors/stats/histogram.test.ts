import { expect } from 'chai';
import { addSample, emptyHistogram, type Histogram, percentilesOf } from '#lib/actors/stats/histogram.js';
import { fc } from '../../../support/fast-check.js';

const WEEK_MS = 7 * 24 * 3_600_000;
const durations = fc.array(fc.double({ min: 0, max: WEEK_MS, noNaN: true }), { minLength: 1, maxLength: 300 });
/** Real durations crowd at the small end; a plain draw would hardly ever find it. */
const clustered = fc.array(
  fc
    .double({ min: Math.log(0.1), max: Math.log(WEEK_MS), noNaN: true })
    .map((power) => Math.min(Math.exp(power), WEEK_MS)),
  { minLength: 1, maxLength: 300 },
);

describe('histogram', () => {
  it('tells percentiles within 2 % of the exact ones, never below, and the maximum exactly', () => {
    fc.assert(
      fc.property(fc.oneof(durations, clustered), (samples) => {
        const { p50, p95, p99, max } = percentilesOf(histogramOf(samples));
        for (const [percent, estimate] of [
          [50, p50],
          [95, p95],
          [99, p99],
        ] as const) {
          const exact = exactPercentile(samples, percent);
          expect(estimate).to.be.within(exact * 0.999_999, Math.max(exact * 1.020_001, 0.1));
        }
        expect(max).to.equal(Math.max(...samples));
      }),
    );
  });

  it('is all zeros without a sample', () => {
    expect(percentilesOf(emptyHistogram)).to.deep.equal({ p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it('never tells a percentile above the maximum', () => {
    expect(percentilesOf(histogramOf([100]))).to.deep.equal({ p50: 100, p95: 100, p99: 100, max: 100 });
  });

  it('takes the nearest rank', () => {
    const { p50, p95, p99 } = percentilesOf(histogramOf([1, ...new Array(98).fill(10), 1_000]));
    expect(p50).to.be.within(10, 10.2);
    expect(p95).to.be.within(10, 10.2);
    expect(p99).to.be.within(10, 10.2);
    expect(percentilesOf(histogramOf([1, ...new Array(97).fill(10), 1_000, 1_000])).p99).to.be.within(1_000, 1_020);
  });

  it('leaves the one it adds to as it was', () => {
    const before = histogramOf([1, 2, 3]);
    const copy = structuredClone(before);
    addSample(before, 500);
    expect(before).to.deep.equal(copy);
    expect(emptyHistogram.count).to.equal(0);
  });

  it('takes no more memory with more samples', () => {
    const size = ({ chunks }: Histogram) => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    expect(size(histogramOf(Array.from({ length: 5_000 }, (_, index) => index * 1_000)))).to.equal(
      size(emptyHistogram),
    );
  });
});

function histogramOf(samples: readonly number[]): Histogram {
  return samples.reduce(addSample, emptyHistogram);
}

function exactPercentile(samples: readonly number[], percent: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] as number;
}
