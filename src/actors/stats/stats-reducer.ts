import type { Transition } from '../protocol/event.js';
import type { ExecutionResult, ExecutionStatus } from '../protocol/execution.js';
import type { EngineStats } from '../protocol/stats.js';
import { addSample, emptyHistogram, type Histogram, percentilesOf } from './histogram.js';

export interface StatsState {
  readonly counts: Readonly<Record<ExecutionStatus, number>>;
  readonly outputBytes: number;
  readonly retries: number;
  readonly durationMs: Histogram;
  readonly queueMs: Histogram;
}

export const noStats: StatsState = {
  counts: { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0, timeout: 0 },
  outputBytes: 0,
  retries: 0,
  durationMs: emptyHistogram,
  queueMs: emptyHistogram,
};

/** Pure and total: a reducer that threw would end the statistics for good. */
export function reduceStats(state: StatsState, { event, from, to }: Transition): StatsState {
  const moved = from === to ? state : { ...state, counts: move(state.counts, from, to) };
  if (event.type === 'retrying') return { ...moved, retries: moved.retries + 1 };
  return 'result' in event ? addResult(moved, event.result) : moved;
}

export function statsOf({ counts, outputBytes, retries, durationMs, queueMs }: StatsState): EngineStats {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    total,
    ...counts,
    durationMs: percentilesOf(durationMs),
    queueMs: percentilesOf(queueMs),
    outputBytes,
    retries,
  };
}

function move(counts: StatsState['counts'], from: ExecutionStatus | null, to: ExecutionStatus): StatsState['counts'] {
  const moved = { ...counts, [to]: counts[to] + 1 };
  if (from !== null) moved[from] -= 1;
  return moved;
}

function addResult(state: StatsState, { output, startedAt, queuedAt, durationMs }: ExecutionResult): StatsState {
  const outputBytes = state.outputBytes + output.stdoutBytes + output.stderrBytes;
  if (startedAt === null) return { ...state, outputBytes };
  return {
    ...state,
    outputBytes,
    durationMs: addSample(state.durationMs, durationMs),
    queueMs: addSample(state.queueMs, Math.max(0, startedAt - queuedAt)),
  };
}
