import type { AwsCliCommand, ExecCommand, ScriptCommand, ShellCommand } from '../actors/protocol/command.js';

/** Runs `program` with `args` exactly as given. */
export function exec(program: string, ...args: string[]): ExecCommand {
  return { type: 'exec', program, args };
}

/** Runs `command` through a shell, bash unless told otherwise. The only builder that involves one. */
export function shell(command: string, options: { shell?: string } = {}): ShellCommand {
  return { type: 'shell', command, ...options };
}

/** Runs the script at `path`: with `interpreter` if given, else by its shebang line, else with bash. */
export function script(path: string, options: { interpreter?: string; args?: readonly string[] } = {}): ScriptCommand {
  return { type: 'script', path, ...options };
}

/** Runs `aws <service> <operation> <args>`; its output is JSON. */
export function awsCli(
  service: string,
  operation: string,
  options: { args?: readonly string[]; profile?: string; region?: string } = {},
): AwsCliCommand {
  return { type: 'aws_cli', service, operation, ...options };
}
