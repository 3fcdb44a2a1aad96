import type { ExecutionEngine, ExecutionResult } from 'execrx';
import type { Batch, BatchRequest } from '#lib/runtime/batch.js';

export interface ItemSeen {
  code: string | null;
  stdout: string;
  stderr: string;
}

export interface BatchSeen {
  /** By the index of the item. */
  items: Map<number, ItemSeen>;
  /** Whatever was told more than once. */
  twice: number[];
}

/** Gathers how the items of a batch end. */
export function watch(batch: Batch): BatchSeen {
  const seen: BatchSeen = { items: new Map(), twice: [] };
  const note = (index: number, item: ItemSeen) => {
    if (seen.items.has(index)) seen.twice.push(index);
    seen.items.set(index, item);
  };
  batch.ends$.subscribe(({ silent, ends }) => {
    for (const index of silent) note(index, { code: null, stdout: '', stderr: '' });
    for (const { index, error, stdout, stderr } of ends) note(index, { code: error?.code ?? null, stdout, stderr });
  });
  return seen;
}

/** `sh -c script` for each item, which is its `$0`. */
export function shellBatch(script: string, places: number): BatchRequest {
  return { command: { type: 'exec', program: 'sh' }, batch: { places, arguments: [['-c'], [script], ['', '']] } };
}

/** Runs a batch to its end. */
export async function runBatch(
  engine: ExecutionEngine,
  request: BatchRequest,
  items: readonly string[],
): Promise<BatchSeen & { result: ExecutionResult }> {
  const batch = engine.executeBatch(request);
  const seen = watch(batch);
  await batch.add(items);
  batch.end();
  return { ...seen, result: await batch.result };
}
