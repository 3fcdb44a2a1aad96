import type { ExecutionEngine } from '../../index.js';
import { isBadInput } from '../exit-code.js';
import type { Item } from './items.js';
import { Tally } from './tally.js';
import { commandFor, type Template } from './template.js';
import type { ItemOutcome, ItemView, MapCounts } from './view.js';

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
  const tally = new Tally(view, settings);
  const begin = (item: Item) => {
    const number = tally.begin();
    const settle = (outcome: ItemOutcome) => tally.settle(number, outcome);
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
      if (tally.full) await tally.room();
      if (settings.stopped()) break;
      begin(item);
    }
    if (settings.stopped()) break;
  }
  if (!settings.stopped()) view.allRead?.(tally.begun);
  await tally.empty();
  return tally.counts;
}
