/** Runs one program with its arguments exactly as given; no shell is involved. */
export interface ExecCommand {
  type: 'exec';
  program: string;
  args?: readonly string[];
}

/** Runs `<shell> -c <command>`. */
export interface ShellCommand {
  type: 'shell';
  command: string;
  /** @default 'bash' */
  shell?: string;
}

/** Runs a script file: with its interpreter when one is named, else by its shebang, else with bash if it may be executed. */
export interface ScriptCommand {
  type: 'script';
  path: string;
  interpreter?: string;
  args?: readonly string[];
}

/** Runs `aws <service> <operation> <args>` with `AWS_OUTPUT=json` and the profile and region in its environment. */
export interface AwsCliCommand {
  type: 'aws_cli';
  service: string;
  operation: string;
  args?: readonly string[];
  profile?: string;
  region?: string;
}

export type Command = ExecCommand | ShellCommand | ScriptCommand | AwsCliCommand;
