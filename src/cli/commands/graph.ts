import { Option } from 'commander';
import { type AddCommand, examples } from './command.js';

export const addGraph: AddCommand = (program, console, done) => {
  program
    .command('graph')
    .description('print what a plan runs, and after what')
    .argument('<plan>', 'a plan file in YAML or JSON; - for standard input')
    .addOption(
      new Option('--format <format>', 'text for people, or a Mermaid flowchart')
        .choices(['text', 'mermaid'])
        .default('text'),
    )
    .addHelpText(
      'after',
      examples([
        ['execrx graph plan.yaml', 'in a terminal'],
        ['execrx graph plan.yaml --format mermaid', 'for a Markdown page'],
      ]),
    )
    .action(async (file: string, options) => {
      const { graph } = await import('../actions/graph.js');
      done(await graph(console, file, options));
    });
};
