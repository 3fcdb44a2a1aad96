import type { CommandTerm, OptionTerm } from './command-tree.js';

export function fishCompletion(commands: readonly CommandTerm[]): string {
  return `${commands.flatMap(lines).join('\n')}\n`;
}

function lines({ name, description, options, choices }: CommandTerm): string[] {
  const seen = `complete -c execrx -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c execrx -f -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...(choices.length > 0 ? [`${seen} -f -a '${choices.join(' ')}'`] : []),
    ...options.map((option) => `${seen} ${terms(option)} -d ${quoted(option.description)}`),
  ];
}

function terms({ flags, takesValue, choices }: OptionTerm): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  if (choices.length > 0) return `${names.join(' ')} -x -a '${choices.join(' ')}'`;
  return `${names.join(' ')}${takesValue ? ' -r' : ''}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
