import type { ExecutionEngine } from '../../index.js';
import { InOrder } from './in-order.js';
import type { Item } from './items.js';
import type { MapSettings } from './map-items.js';
import { type ItemOutcome, type ItemView, type MapCounts, problemOf } from './view.js';

/** It completed without a word. */
const SILENT: ItemOutcome = { item: '', end: { index: 0, item: '', error: null, stdout: '', stderr: '' } };

/** As `mapItems`, with a batch for all items instead of an execution for each. */
export async function mapInBulk(
  engine: ExecutionEngine,
  items: AsyncIterable<Item[]> | Iterable<Item[]>,
  { template, jobs, timeoutMs, keepOrder, stopped }: MapSettings,
  view: ItemView,
): Promise<MapCounts> {
  const [[program = ''] = [], ...args] = template.words;
  const batch = engine.executeBatch({
    command: { type: 'exec', program },
    batch: { places: jobs, arguments: args },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const order = new InOrder<ItemOutcome>();
  const counts: MapCounts = { done: 0, failed: 0 };
  /** With `keepOrder`, the places of the items in the batch among all. */
  const numbers: number[] = [];
  let begun = 0;

  const tell = (outcome: ItemOutcome) => {
    counts.done++;
    if (problemOf(outcome) !== null) counts.failed++;
    view.ended(outcome);
  };
  const settle = (number: number, outcome: ItemOutcome) => {
    if (keepOrder) order.add(number, outcome).forEach(tell);
    else tell(outcome);
  };
  batch.ends$.subscribe(({ silent, ends }) => {
    if (keepOrder) for (const index of silent) settle(numbers[index] ?? 0, SILENT);
    else counts.done += silent.length;
    for (const end of ends) settle(numbers[end.index] ?? 0, { item: end.item, end });
  });

  for await (const block of items) {
    if (stopped()) break;
    const good: string[] = [];
    for (const item of block) {
      const number = begun++;
      if (typeof item !== 'string') settle(number, { item: item.excerpt, problem: item.problem });
      else if (item.includes('\0')) settle(number, { item, problem: 'an item with a NUL byte cannot be an argument' });
      else {
        good.push(item);
        if (keepOrder) numbers.push(number);
      }
    }
    await batch.add(good);
  }
  if (!stopped()) view.allRead?.(begun);
  batch.end();
  const { error } = await batch.result;
  const untold = begun - counts.done;
  if (error === null || untold === 0 || stopped()) return counts;
  return { done: begun, failed: counts.failed + untold, trouble: error.message };
}
