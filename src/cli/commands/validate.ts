import { type AddCommand, examples } from './command.js';

export const addValidate: AddCommand = (program, console, done) => {
  program
    .command('validate')
    .description('check a plan file, run nothing')
    .argument('<plan>', 'a plan file in YAML or JSON; - for standard input')
    .addHelpText(
      'after',
      examples([['execrx validate plan.yaml', 'says file, line and column of what is wrong, and ends with 2']]),
    )
    .action(async (file: string) => {
      const { validate } = await import('../actions/validate.js');
      done(await validate(console, file));
    });
};
