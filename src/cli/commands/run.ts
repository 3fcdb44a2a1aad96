import { Option } from 'commander';
import { duration, wholeNumberFrom1 } from './arguments.js';
import { type AddCommand, examples } from './command.js';

export const addRun: AddCommand = (program, console, done) => {
  program
    .command('run')
    .description('run a plan of commands')
    .argument('<plan>', 'a plan file in YAML or JSON; - for standard input')
    .option('-j, --jobs <number>', 'how many commands may run at once, whatever the plan says', wholeNumberFrom1)
    .option('--keep-going', 'go on after a failure; only what depends on a failed command is left out')
    .option('--timeout <duration>', 'end the whole plan after this time', duration)
    .addOption(new Option('--dry-run', 'print what would run and after what, run nothing').conflicts(['json', 'quiet']))
    .addOption(new Option('-q, --quiet', 'print only what failed').conflicts('json'))
    .option('--json', 'print events, one a line, those of a command with its name, and nothing else')
    .option('--report <file.html>', 'write a page with a timeline, what failed and its output')
    .option('--junit <file.xml>', 'write results for a CI server')
    .option('--log-dir <directory>', 'keep a log of each command there')
    .option('--no-color', 'no colours')
    .addHelpText(
      'after',
      `${examples([
        ['execrx run plan.yaml', 'in a terminal, a view of what runs; else lines, each after its command'],
        ['execrx run plan.yaml --dry-run', 'what would run, and after what'],
        [
          'execrx run plan.yaml --report report.html --junit results.xml',
          'written when all has ended, or was cancelled',
        ],
        ['execrx run plan.yaml --json | jq -r .type', 'for programs'],
      ])}

The first Ctrl-C cancels: commands are asked to end and have a few seconds. A second one kills them at once, and no report
is written. Scripts and working directories of commands are looked at when their turn comes.`,
    )
    .action(async (file: string, options) => {
      const { run } = await import('../actions/run.js');
      done(await run(console, file, options));
    });
};
