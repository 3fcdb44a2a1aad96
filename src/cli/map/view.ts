import type { Execution, ExecutionResult } from '../../index.js';
import type { ItemEnd } from '../../runtime/batch.js';

/** How it ended for one item: with the result of its command, or before there was one. */
export type ItemOutcome =
  | { item: string; result: ExecutionResult }
  | { item: string; end: ItemEnd }
  | { item: string; problem: string };

export interface MapCounts {
  done: number;
  failed: number;
  /** Why there is nothing to tell of some that failed. */
  trouble?: string;
}

/** Shows a map while it goes on. */
export interface ItemView {
  /** Where it is there, each item is an execution. */
  started?(item: string, execution: Execution): void;
  ended(outcome: ItemOutcome): void;
  /** All items are read; there are so many. */
  allRead?(total: number): void;
  finish?(): void;
}

/** Why an item failed; `null` where it did not. */
export function problemOf(outcome: ItemOutcome): string | null {
  if ('problem' in outcome) return outcome.problem;
  if ('result' in outcome) return outcome.result.error?.message ?? null;
  const { error, droppedBytes } = outcome.end;
  if (error !== null) return error.message;
  if (droppedBytes === 0) return null;
  return `${droppedBytes} bytes of its output are lost, for they could not be written to a file`;
}
