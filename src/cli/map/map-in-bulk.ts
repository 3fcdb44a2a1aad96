import type { ExecutionEngine } from '../../index.js';
import type { Item } from './items.js';
import type { MapSettings } from './map-items.js';
import { Tally } from './tally.js';
import type { ItemOutcome, ItemView, MapCounts } from './view.js';

/** It completed without a word. */
const SILENT: ItemOutcome = {
  item: '',
  end: { index: 0, item: '', error: null, stdout: '', stderr: '', droppedBytes: 0 },
};

/** A batch tells of every item, or says why not. */
const UNTOLD = 'what became of some items was not told';

/** As `mapItems`, with a batch for all items instead of an execution for each. */
export async function mapInBulk(
  engine: ExecutionEngine,
  items: AsyncIterable<Item[]> | Iterable<Item[]>,
  { template, jobs, timeoutMs, window, keepOrder, stopped }: MapSettings,
  view: ItemView,
): Promise<MapCounts> {
  const [[program = ''] = [], ...args] = template.words;
  const batch = engine.executeBatch({
    command: { type: 'exec', program },
    batch: { places: jobs, arguments: args },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  // The batch takes no more than it has use for; only what waits for its turn to be told has to be bounded here.
  const tally = new Tally(view, { window: keepOrder ? window : Number.POSITIVE_INFINITY, keepOrder });
  /** With `keepOrder`, the numbers of the items of the batch, which are not all items. */
  const numbers: number[] = [];
  batch.ends$.subscribe(({ silent, ends }) => {
    for (const index of silent) tally.settle(numbers[index] ?? 0, SILENT);
    for (const end of ends) tally.settle(numbers[end.index] ?? 0, { item: end.item, end });
  });

  for await (const block of items) {
    const ready: string[] = [];
    for (const item of block) {
      if (tally.full) {
        await batch.add(ready.splice(0));
        await Promise.race([tally.room(), batch.result]);
      }
      if (stopped()) break;
      const number = tally.begin();
      const problem = problemWith(item);
      if (problem !== null) tally.settle(number, problem);
      else ready.push(item as string);
      if (problem === null && keepOrder) numbers.push(number);
    }
    if (stopped()) break;
    await batch.add(ready);
  }
  if (!stopped()) view.allRead?.(tally.begun);
  batch.end();
  const { error } = await batch.result;
  tally.tellRest();
  const { counts, begun } = tally;
  if (counts.done === begun || stopped()) return counts;
  return { done: begun, failed: counts.failed + begun - counts.done, trouble: error?.message ?? UNTOLD };
}

function problemWith(item: Item): ItemOutcome | null {
  if (typeof item !== 'string') return { item: item.excerpt, problem: item.problem };
  return item.includes('\0') ? { item, problem: 'an item with a NUL byte cannot be an argument' } : null;
}
