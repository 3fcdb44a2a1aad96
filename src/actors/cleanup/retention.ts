export interface RetentionPolicy {
  maxInMemoryExecutions: number;
  executionRetentionSecs: number;
}

/** A finished execution, as retention sees it. */
export interface Finished {
  /** Milliseconds since the epoch. */
  readonly completedAt: number;
}

/**
 * Which finished executions to forget: those older than the retention period, then the oldest beyond the count. `finished` comes in order
 * of the end, so what is to go is always its head; pending and running ones are not in it and never go.
 */
export function expired<T extends Finished>(
  finished: Iterable<T>,
  count: number,
  policy: RetentionPolicy,
  nowMs: number,
): T[] {
  const oldestAllowed = nowMs - policy.executionRetentionSecs * 1_000;
  const surplus = count - policy.maxInMemoryExecutions;
  const gone: T[] = [];
  for (const record of finished) {
    if (gone.length >= surplus && record.completedAt >= oldestAllowed) break;
    gone.push(record);
  }
  return gone;
}

/**
 * Whether so many finished executions have gathered that waiting for the next timed pass would waste memory. A margin keeps the passes
 * few when thousands end each second.
 */
export function isCrowded(count: number, { maxInMemoryExecutions }: RetentionPolicy): boolean {
  return count > maxInMemoryExecutions + Math.max(100, maxInMemoryExecutions / 10);
}
