/** Counters over the engine's lifetime; retention does not shrink them. */
export interface ExecutionStats {
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
  timeout: number;
}

/** Milliseconds. Percentiles carry the histogram's resolution of 2 %; `max` is exact. */
export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** `total` is always the sum of `pending`, `running`, `completed`, `failed`, `cancelled` and `timeout`. */
export interface EngineStats extends ExecutionStats {
  pending: number;
  running: number;
  /** Start to end, of executions that started. */
  durationMs: Percentiles;
  /** Submission to first start. */
  queueMs: Percentiles;
  /** Bytes that finished executions wrote to both streams. */
  outputBytes: number;
  retries: number;
}

/** The admission semaphore: `maxConcurrent` is always `currentlyRunning + availableSlots`. */
export interface ConcurrencyMetrics {
  maxConcurrent: number;
  /** Executions that hold a slot, the ones being started included. */
  currentlyRunning: number;
  /** Executions that wait for a slot. */
  currentlyPending: number;
  availableSlots: number;
}
