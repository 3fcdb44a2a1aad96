import { Argument } from 'commander';
import { type AddCommand, examples } from './command.js';

export const addCompletion: AddCommand = (program, console, done) => {
  program
    .command('completion')
    .description('print a script that lets a shell complete the command')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples([
        ['source <(execrx completion bash)', 'for this shell; or in ~/.bashrc'],
        ['execrx completion zsh > ~/.zsh/_execrx', 'in a directory of $fpath'],
        ['execrx completion fish > ~/.config/fish/completions/execrx.fish', 'for every fish'],
      ]),
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionScript } = await import('../completion/completion-script.js');
      console.out.write(completionScript(shell, program));
      done(0);
    });
};
