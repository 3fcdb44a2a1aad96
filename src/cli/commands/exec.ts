import { duration } from './arguments.js';
import { type AddCommand, examples } from './command.js';

export const addExec: AddCommand = (program, console, done) => {
  program
    .command('exec')
    .description('run one command, with its input and output passed through')
    .argument('<command...>', 'the program and its arguments, exactly as they are')
    .option('--timeout <duration>', 'end the command after this time', duration)
    .option('--log-dir <directory>', 'keep its log there')
    .option('--json', 'print events instead of output, one a line')
    .passThroughOptions()
    .addHelpText(
      'after',
      `${examples([
        ['execrx exec -- git status', 'a program and its arguments'],
        ['execrx exec --timeout 30s -- npm test', 'end it, and all it has started, after 30 seconds'],
        ['tar c docs | execrx exec -- wc -c', 'input is passed on'],
      ])}

What is typed at a terminal is passed on line by line, unless the command is in the background.
Ends with 0 if the command did, with 1 if it failed however it did; the message says how. Output is passed on byte for byte.`,
    )
    .action(async (command: string[], options) => {
      const { runOne } = await import('../actions/exec.js');
      done(await runOne(console, command, options));
    });
};
