import type { Command } from 'commander';

export interface OptionTerm {
  /** Every way to write it: `-j`, `--jobs`. */
  flags: string[];
  description: string;
  takesValue: boolean;
  choices: readonly string[];
}

export interface CommandTerm {
  name: string;
  description: string;
  options: OptionTerm[];
  /** What its arguments are chosen from; empty: files. */
  choices: readonly string[];
}

/** What there is to complete, as the program itself has it. */
export function commandTree(program: Command): CommandTerm[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options, ...command.createHelp().visibleOptions(command)]
      .filter((option, index, all) => all.findIndex(({ flags }) => flags === option.flags) === index)
      .map(({ short, long, description, required, optional, argChoices = [] }) => ({
        flags: [short, long].filter((flag) => flag !== undefined),
        description,
        takesValue: required || optional,
        choices: argChoices,
      })),
    choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
  }));
}
