import type { Command } from 'commander';
import type { Console } from '../console.js';

/** Adds one command to the program. Its action gives the exit code to `done`, and loads what it needs only when it is called. */
export type AddCommand = (program: Command, console: Console, done: (exitCode: number) => void) => void;

/** The examples at the end of a command's help: what to type, and what it does. */
export function examples(lines: ReadonlyArray<readonly [string, string]>): string {
  const width = Math.max(...lines.map(([typed]) => typed.length));
  return `\nExamples:\n${lines.map(([typed, does]) => `  $ ${typed.padEnd(width)}  # ${does}`).join('\n')}`;
}
