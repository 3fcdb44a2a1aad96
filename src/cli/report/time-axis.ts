const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MOST_STEPS = 8;
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
];

export interface Tick {
  atMs: number;
  label: string;
}

/** Marks for an axis from 0 to `spanMs`: round times, at most eight steps, all labels in one unit. */
export function ticksOf(spanMs: number): Tick[] {
  const stepMs =
    STEPS_MS.find((step) => spanMs / step <= MOST_STEPS) ?? Math.ceil(spanMs / MOST_STEPS / DAY_MS) * DAY_MS;
  const labelOf = labelsFor(spanMs, stepMs);
  const ticks = Math.floor(spanMs / stepMs) + 1;
  return Array.from({ length: ticks }, (_, at) => ({
    atMs: at * stepMs,
    label: at === 0 ? '0' : labelOf(at * stepMs),
  }));
}

function labelsFor(spanMs: number, stepMs: number): (atMs: number) => string {
  if (stepMs >= HOUR_MS) return (atMs) => `${atMs / HOUR_MS} h`;
  if (stepMs >= MINUTE_MS) return (atMs) => `${atMs / MINUTE_MS} min`;
  // The steps of such a span are whole seconds.
  if (spanMs >= MINUTE_MS) return minutesAndSeconds;
  if (spanMs >= SECOND_MS) return (atMs) => `${(atMs / SECOND_MS).toFixed(stepMs < SECOND_MS ? 1 : 0)} s`;
  return (atMs) => `${atMs} ms`;
}

function minutesAndSeconds(atMs: number): string {
  const seconds = Math.floor((atMs % MINUTE_MS) / SECOND_MS);
  return `${Math.floor(atMs / MINUTE_MS)}:${String(seconds).padStart(2, '0')}`;
}
