import { type AddCommand, examples } from './command.js';

export const addSchema: AddCommand = (program, console, done) => {
  program
    .command('schema')
    .description('print the JSON Schema of plan files, for editors')
    .addHelpText(
      'after',
      `${examples([['execrx schema > plan.schema.json', 'and begin plan.yaml with the line below']])}

  # yaml-language-server: $schema=plan.schema.json`,
    )
    .action(async () => {
      const { schema } = await import('../actions/schema.js');
      done(await schema(console));
    });
};
