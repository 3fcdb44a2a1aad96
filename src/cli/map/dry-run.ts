import type { Console } from '../console.js';
import { joinWords } from '../text/words.js';
import type { Item } from './items.js';
import { commandFor, type Template } from './template.js';
import { complain } from './views/complain.js';

/** Prints the command of each item as a shell would take it, runs nothing, and gives the exit code. */
export async function dryRun(
  console: Console,
  items: AsyncIterable<Item[]> | Iterable<Item[]>,
  template: Template,
): Promise<number> {
  let allUsable = true;
  for await (const batch of items) {
    for (const item of batch) {
      if (typeof item === 'string') {
        const { program, args = [] } = commandFor(item, template);
        console.out.write(`${joinWords([program, ...args])}\n`);
      } else {
        complain({ item: item.excerpt, problem: item.problem }, console);
        allUsable = false;
      }
    }
    if (console.interruption.begun) break;
  }
  return console.interruption.exitCode(allUsable);
}
