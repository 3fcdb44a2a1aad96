import { expect } from 'chai';
import { Command, Option } from 'commander';
import { completionScript } from '#lib/cli/completion/completion-script.js';

function program(): Command {
  const made = new Command('execrx');
  made
    .command('draw')
    .description("draw what there is, a plan's too")
    .argument('<file>')
    .option('-n, --number <number>', 'how many')
    .addOption(new Option('--format <format>', 'as [what]').choices(['text', 'page']));
  return made;
}

describe('a completion script', () => {
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    it(`for ${shell} knows each command, option and choice of the program`, () => {
      const script = completionScript(shell, program());
      const dashes =
        shell === 'fish' ? ['-l number', '-s n', '-l format', '-l help'] : ['--number', '-n', '--format', '--help'];
      for (const term of ['draw', ...dashes, 'text page']) expect(script).to.include(term);
    });
  }

  it('quotes descriptions as its shell wants them', () => {
    expect(completionScript('zsh', program())).to.include(`'draw:draw what there is, a plan'\\''s too'`);
    expect(completionScript('zsh', program())).to.include(`'--format[as \\[what\\]]:value:(text page)'`);
    expect(completionScript('fish', program())).to.include(`-d 'draw what there is, a plan\\'s too'`);
  });
});
