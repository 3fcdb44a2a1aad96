import type { ConcurrencyMetrics, EngineStats, ExecutionEngine } from 'execrx';
import {
  auditTime,
  combineLatest,
  finalize,
  type MonoTypeOperatorFunction,
  map,
  type Observable,
  sampleTime,
  startWith,
  tap,
} from 'rxjs';
import { lineRates } from './tallies.js';

const REDRAW_MS = 100;
const PRINT_MS = 1_000;
const ERASE_LINE = '\r\x1b[K';

/** Where the engine stands, in one line, whenever that changes. */
export function progressOf(engine: ExecutionEngine): Observable<string> {
  const rates$ = engine.events$.pipe(lineRates(REDRAW_MS), startWith(0));
  return combineLatest([engine.stats$, engine.concurrency$, rates$]).pipe(map((now) => lineOf(...now)));
}

/** On a terminal one line, drawn over and over; elsewhere a line now and then. */
export function showProgress(out: NodeJS.WriteStream): MonoTypeOperatorFunction<string> {
  return (line$) =>
    out.isTTY
      ? line$.pipe(
          auditTime(REDRAW_MS),
          tap((line) => out.write(ERASE_LINE + line.slice(0, (out.columns || 80) - 1))),
          finalize(() => out.write(ERASE_LINE)),
        )
      : line$.pipe(
          sampleTime(PRINT_MS),
          tap((line) => out.write(`${line}\n`)),
        );
}

function lineOf(stats: EngineStats, { currentlyRunning }: ConcurrencyMetrics, linesPerSec: number): string {
  const { total, pending, running, failed, cancelled, timeout } = stats;
  const ended = total - pending - running;
  const bad = failed + cancelled + timeout;
  return `${ended}/${total} ended, ${currentlyRunning} under way, ${bad} not completed, ${Math.round(linesPerSec)} lines/s`;
}
