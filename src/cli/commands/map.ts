import { Option } from 'commander';
import { duration, wholeNumberFrom1 } from './arguments.js';
import { type AddCommand, examples } from './command.js';

export const addMap: AddCommand = (program, console, done) => {
  program
    .command('map')
    .description('run a command for each line of standard input, or for each argument')
    .argument('<template>', 'the command, with {} where the item goes; without {}, the item comes last')
    .argument('[items...]', 'what to run it for, after --')
    .option('-j, --jobs <number>', 'how many run at once (default: as many as there are processors)', wholeNumberFrom1)
    .option('-0, --null', 'items on standard input end with a NUL byte, not with a line')
    .option('-k, --keep-order', 'print output in the order of the items')
    .option('--shell', 'the template is text for bash, with "$1" for {}')
    .option('--timeout <duration>', 'end the command of an item after this time', duration)
    .addOption(new Option('--lines', 'print lines as they come, each after its item').conflicts(['json', 'keepOrder']))
    .addOption(new Option('--json', 'print events instead of output, one a line').conflicts(['quiet', 'keepOrder']))
    .addOption(new Option('-q, --quiet', 'print only what failed').conflicts('lines'))
    .addOption(new Option('--dry-run', 'print the commands, run nothing').conflicts(['json', 'lines', 'quiet']))
    .option('--log-dir <directory>', 'keep a log of each command there')
    .option('--no-color', 'no colours')
    .addHelpText(
      'after',
      `${examples([
        ["execrx map --jobs 8 'gzip -k {}' < files.txt", 'a file on each line'],
        ["find . -name '*.png' -print0 | execrx map -0 optipng", 'the item comes last'],
        ["execrx map 'convert {} {}.webp' -- *.jpg", 'items as arguments'],
        ["execrx map --shell 'sort {} | uniq > {}.unique' -- *.txt", 'with a shell'],
      ])}

The template is split into words: spaces separate them, single and double quotes group, and nothing else is special. An item is data: whatever
it holds, it stays within its word and no shell reads it. With --shell the template is bash's, {} becomes "$1" and must stand outside quotes.

The output of a command is printed in one piece once it has ended, in the order in which they end. Empty lines are no items. A command that fails
does not keep the others from running; the exit code is then 1.`,
    )
    .action(async (template: string, items: string[], options, command) => {
      const { map } = await import('../actions/map.js');
      done(await map(console, template, givenItems(items, command.parent.rawArgs), options));
    });
};

/** The items among the arguments; `null`: they are on standard input. With a `--` behind the template they are here, even if there are none. */
function givenItems(items: string[], argv: readonly string[]): string[] | null {
  if (items.length > 0) return items;
  return argv.at(-1) === '--' ? [] : null;
}
