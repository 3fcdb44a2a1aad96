import type { Percentiles } from '../protocol/stats.js';

/** Each bucket's upper bound is this much above its lower one. */
const GROWTH = 1.02;
/** Milliseconds; everything below lands in the first bucket. */
const SMALLEST = 0.1;
/** The last bucket begins above a week. */
const BUCKETS = 1_140;
const CHUNK = 32;

/**
 * Counts of durations in logarithmic buckets, in milliseconds: fixed memory for any number of samples. Immutable; adding a sample copies
 * one chunk of 32 counts and shares the rest.
 */
export interface Histogram {
  readonly chunks: readonly (readonly number[])[];
  readonly count: number;
  readonly max: number;
}

export const emptyHistogram: Histogram = {
  chunks: Array.from({ length: Math.ceil(BUCKETS / CHUNK) }, () => new Array<number>(CHUNK).fill(0)),
  count: 0,
  max: 0,
};

export function addSample(histogram: Histogram, valueMs: number): Histogram {
  const bucket = bucketOf(valueMs);
  const at = Math.floor(bucket / CHUNK);
  const chunks = histogram.chunks.slice();
  const chunk = (chunks[at] as readonly number[]).slice();
  chunk[bucket % CHUNK] = (chunk[bucket % CHUNK] as number) + 1;
  chunks[at] = chunk;
  return { chunks, count: histogram.count + 1, max: Math.max(histogram.max, valueMs) };
}

export function percentilesOf(histogram: Histogram): Percentiles {
  const at = (percent: number) => valueAt(histogram, percent);
  return { p50: at(50), p95: at(95), p99: at(99), max: histogram.max };
}

function valueAt({ chunks, count, max }: Histogram, percent: number): number {
  if (count === 0) return 0;
  const rank = Math.ceil((percent / 100) * count);
  let seen = 0;
  for (const [at, chunk] of chunks.entries()) {
    for (const [offset, samples] of chunk.entries()) {
      seen += samples;
      if (seen >= rank) return Math.min(upperBound(at * CHUNK + offset), max);
    }
  }
  return max;
}

function bucketOf(valueMs: number): number {
  if (!(valueMs > SMALLEST)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(valueMs / SMALLEST) / Math.log(GROWTH)));
}

function upperBound(bucket: number): number {
  return SMALLEST * GROWTH ** bucket;
}
