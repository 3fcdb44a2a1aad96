import type { ExecutionEngine } from '../../index.js';
import { isBadInput } from '../exit-code.js';
import { Gate } from './gate.js';
import { InOrder } from './in-order.js';
import type { Item } from './items.js';
import { commandFor, type Template } from './template.js';
import { type ItemOutcome, type ItemView, type MapCounts, problemOf } from './view.js';

export interface MapSettings {
  template: Template;
  /** How many may run at once. */
  jobs: number;
  timeoutMs: number | undefined;
  /** Most items that are begun and not yet told of. */
  window: number;
  keepOrder: boolean;
  /** Whether no more items are to be begun. */
  stopped: () => boolean;
}

/** Runs a command for each item, and takes the next items from their source only as there is room for them. */
export async function mapItems(
  engine: ExecutionEngine,
  items: AsyncIterable<Item[]> | Iterable<Item[]>,
  settings: MapSettings,
  view: ItemView,
): Promise<MapCounts> {
  const gate = new Gate(settings.window);
  const order = new InOrder<ItemOutcome>();
  const counts: MapCounts = { done: 0, failed: 0 };
  let begun = 0;

  const tell = (outcome: ItemOutcome) => {
    counts.done++;
    if (problemOf(outcome) !== null) counts.failed++;
    view.ended(outcome);
    gate.leave();
  };
  const begin = (item: Item) => {
    const number = begun++;
    gate.enter();
    const settle = (outcome: ItemOutcome) => {
      if (settings.keepOrder) order.add(number, outcome).forEach(tell);
      else tell(outcome);
    };
    if (typeof item !== 'string') return settle({ item: item.excerpt, problem: item.problem });
    try {
      const execution = engine.execute({
        command: commandFor(item, settings.template),
        ...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
      });
      view.started?.(item, execution);
      execution.result.then((result) => settle({ item, result }));
    } catch (error) {
      if (!isBadInput(error)) throw error;
      settle({ item, problem: error.message });
    }
  };

  for await (const batch of items) {
    for (const item of batch) {
      if (gate.full) await gate.room();
      if (settings.stopped()) break;
      begin(item);
    }
    if (settings.stopped()) break;
  }
  if (!settings.stopped()) view.allRead?.(begun);
  await gate.empty();
  return counts;
}
