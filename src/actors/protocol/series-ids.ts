/** More commands than any series has. The ids of other requests are below. */
const LONGEST_SERIES = 2 ** 40;

/** The id of a command of a series, counted from 0. Series count from 1. */
export function idInSeries(series: number, index: number): number {
  return series * LONGEST_SERIES + index;
}

/** What an id stands for; `null`: a request that is no part of a series. */
export function placeInSeries(id: number): { series: number; index: number } | null {
  if (id < LONGEST_SERIES) return null;
  return { series: Math.floor(id / LONGEST_SERIES), index: id % LONGEST_SERIES };
}
