import type { Execution, ExecutionResult } from '../../index.js';

/** How it ended for one item: with the result of its command, or before there was one. */
export type ItemOutcome = { item: string; result: ExecutionResult } | { item: string; problem: string };

export interface MapCounts {
  done: number;
  failed: number;
}

/** Shows a map while it goes on. */
export interface ItemView {
  started?(item: string, execution: Execution): void;
  ended(outcome: ItemOutcome): void;
  /** All items are read; there are so many. */
  allRead?(total: number): void;
  finish?(): void;
}

/** Why an item failed; `null` where it did not. */
export function problemOf(outcome: ItemOutcome): string | null {
  return 'problem' in outcome ? outcome.problem : (outcome.result.error?.message ?? null);
}
