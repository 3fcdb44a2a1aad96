import { accessSync, closeSync, constants, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command, ScriptCommand } from '../../actors/protocol/command.js';
import { ValidationError } from '../../actors/protocol/errors.js';
import { lookAt } from './look-at.js';

/** What to start for a command, and what to add to its environment. */
export interface ResolvedCommand {
  program: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}

/** @throws {ValidationError} for a script that cannot be run */
export function resolveCommand(command: Command, workingDir: string | null): ResolvedCommand {
  switch (command.type) {
    case 'exec':
      return { program: command.program, args: command.args ?? [], env: {} };
    case 'shell':
      return { program: command.shell ?? 'bash', args: ['-c', command.command], env: {} };
    case 'script':
      return { ...resolveScript(command, resolve(workingDir ?? '.', command.path)), env: {} };
    case 'aws_cli': {
      const { service, operation, args = [], profile, region } = command;
      const env: Record<string, string> = { AWS_OUTPUT: 'json' };
      if (profile !== undefined) env.AWS_PROFILE = profile;
      if (region !== undefined) env.AWS_REGION = region;
      return { program: 'aws', args: [service, operation, ...args], env };
    }
  }
}

/** With its interpreter, else by its shebang (by the system if it may be executed, else as the system would), else with bash. */
function resolveScript({ interpreter, args = [] }: ScriptCommand, path: string): Omit<ResolvedCommand, 'env'> {
  const found = lookAt(path);
  if (typeof found === 'string') throw invalid('a script that exists', found);
  if (!found.isFile()) throw invalid('a file', `something else at ${path}`);
  if (interpreter !== undefined) return { program: interpreter, args: [path, ...args] };

  const executable = isExecutable(path);
  const head = readHead(path);
  if (executable && (head.shebang !== null || head.binary)) return { program: path, args };
  if (head.shebang !== null) return viaShebang(head.shebang, path, args);
  if (executable) return { program: 'bash', args: [path, ...args] };
  throw invalid('a script with a shebang line, execute permission, or an interpreter', `a plain file at ${path}`);
}

/** `#!/usr/bin/env node` is a program and at most one argument, as in execve(2). */
function viaShebang(shebang: string, path: string, args: readonly string[]): Omit<ResolvedCommand, 'env'> {
  const [, program = '', argument = ''] = /^[ \t]*([^ \t]+)[ \t]*(.*?)[ \t]*$/.exec(shebang) ?? [];
  return { program, args: [...(argument === '' ? [] : [argument]), path, ...args] };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function readHead(path: string): { shebang: string | null; binary: boolean } {
  const head = Buffer.alloc(512);
  let size: number;
  try {
    const fd = openSync(path, 'r');
    try {
      size = readSync(fd, head, 0, head.length, 0);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw invalid('a script that can be read', (error as Error).message);
  }
  const text = head.toString('utf8', 0, size);
  const shebang = text.startsWith('#!') ? (text.slice(2).split('\n', 1)[0] as string) : null;
  return { shebang: shebang?.trim() ? shebang : null, binary: head.subarray(0, size).includes(0) };
}

function invalid(expected: string, received: string): ValidationError {
  return new ValidationError([{ path: 'command.path', expected, received }]);
}
