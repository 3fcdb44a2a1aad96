import { Command, CommanderError } from 'commander';
import { addCompletion } from './commands/completion.js';
import { addExec } from './commands/exec.js';
import { addGraph } from './commands/graph.js';
import { addMap } from './commands/map.js';
import { addRun } from './commands/run.js';
import { addSchema } from './commands/schema.js';
import { addValidate } from './commands/validate.js';
import type { Console } from './console.js';
import { EXIT_CODE, isBadInput } from './exit-code.js';
import { version } from './version.js';

/** Does what the arguments say. Resolves with the exit code; what is wrong has been said. */
export async function runProgram(args: readonly string[], console: Console): Promise<number> {
  let exitCode: number = EXIT_CODE.badInput;
  const program = makeProgram(console, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = codeOf(error, console);
  }
  console.out.flush();
  if (outputLost(console) && exitCode === EXIT_CODE.completed) exitCode = EXIT_CODE.failed;
  console.err.flush();
  return exitCode;
}

/** A reader that has gone, as `head` does, knows it; that a disk is full is news. */
function outputLost({ interruption: { cause }, say }: Console): boolean {
  if (cause?.type !== 'output_lost') return false;
  const { code, message } = cause.error as NodeJS.ErrnoException;
  if (code !== 'EPIPE') say(`the output cannot be written: ${message}`);
  return true;
}

function makeProgram(console: Console, done: (exitCode: number) => void): Command {
  const program = new Command('execrx')
    .description('Runs commands: one, one for each item, or a plan of them.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.out.write(text),
      writeErr: (text) => console.err.write(text),
      outputError: (text) => console.err.write(`execrx: ${text.replace(/^error: /, '')}`),
    })
    .showHelpAfterError('(--help says what there is)')
    .enablePositionalOptions()
    .addHelpText('after', FOOTER);
  for (const add of [addRun, addExec, addMap, addValidate, addGraph, addSchema, addCompletion]) {
    add(program, console, done);
  }
  return program;
}

const FOOTER = `
Examples:
  $ execrx run plan.yaml
  $ execrx exec -- git status
  $ execrx map --jobs 8 'gzip -k {}' < files.txt
  $ execrx run --help    # each command has a help of its own

Exit codes: 0 all completed, 1 something failed, 2 the input is wrong and nothing was run, 130 interrupted (143 by SIGTERM).
EXECRX_... variables set what the engine's configuration has, such as EXECRX_KILL_GRACE_MS=1000.`;

function codeOf(error: unknown, { err, say }: Console): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.completed : EXIT_CODE.badInput;
  if (isBadInput(error)) {
    // Begins with the place, where editors look for it.
    if (error.name === 'PlanFileError') err.write(`${error.message}\n`);
    else say(error.message);
    return EXIT_CODE.badInput;
  }
  const expected = error instanceof Error && 'code' in error;
  say(expected ? error.message : String((error as Error)?.stack ?? error));
  return EXIT_CODE.failed;
}
