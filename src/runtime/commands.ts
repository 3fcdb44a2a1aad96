import type { AwsCliCommand, ExecCommand, ScriptCommand, ShellCommand } from '../actors/protocol/command.js';

/** Runs `program` with `args` exactly as given. A bare name is looked up on the `PATH` of the environment it will run in. */
export function exec(program: string, ...args: string[]): ExecCommand {
  return { type: 'exec', program, args };
}

/** Runs `command` through a shell, bash unless told otherwise. The only builder that involves one. */
export function shell(command: string, options: { shell?: string } = {}): ShellCommand {
  return { type: 'shell', command, ...options };
}

/**
 * Runs the script at `path`, from the request's `workingDir` if it is relative: with `interpreter` if given, else by its shebang line, else
 * with bash if it may be executed. One that does not exist or offers none of the three is a `ValidationError` of `execute`.
 */
export function script(path: string, options: { interpreter?: string; args?: readonly string[] } = {}): ScriptCommand {
  return { type: 'script', path, ...options };
}

/** Runs `aws <service> <operation> <args>` with `AWS_OUTPUT=json`, and with `AWS_PROFILE` and `AWS_REGION` where they are given. */
export function awsCli(
  service: string,
  operation: string,
  options: { args?: readonly string[]; profile?: string; region?: string } = {},
): AwsCliCommand {
  return { type: 'aws_cli', service, operation, ...options };
}
