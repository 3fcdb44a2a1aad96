import type { Command } from '../../index.js';
import { clean } from './clean.js';
import { cut } from './width.js';

const LABEL_COLUMNS = 32;

/** What a command is called on screen: its name, or its place in the plan and the beginning of its words. */
export function labelOf(name: string | undefined, index: number, words: string): string {
  return name ?? `${index}: ${cut(clean(words.replaceAll('\n', ' ')), LABEL_COLUMNS)}`;
}

/** The words of a command, for people. */
export function wordsOf(command: Command): string {
  switch (command.type) {
    case 'exec':
      return [command.program, ...(command.args ?? [])].join(' ');
    case 'shell':
      return command.command;
    case 'script':
      return [command.path, ...(command.args ?? [])].join(' ');
    case 'aws_cli':
      return ['aws', command.service, command.operation, ...(command.args ?? [])].join(' ');
  }
}
