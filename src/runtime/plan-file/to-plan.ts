import type { Command } from '../../actors/protocol/command.js';
import type { ExecutionPlan, ExecutionStrategy, PlanCommand } from '../../actors/protocol/plan.js';
import { renamed } from './renamed.js';
import type { CommandEntry, PlanFile } from './schema/plan-file.js';

/** A file's fields by the names they have in code. */
export function toPlan(file: PlanFile, strategy: ExecutionStrategy): ExecutionPlan {
  const { $schema, commands, metadata, ...rest } = file;
  return {
    ...renamed(rest),
    strategy,
    commands: commands.map(toCommand),
    ...(metadata && { metadata: renamed(metadata) }),
  };
}

function toCommand(entry: CommandEntry): PlanCommand {
  const { run, exec, command, depends_on, retry, metadata, ...rest } = entry;
  return {
    ...renamed(rest),
    command: commandOf(entry),
    ...(retry && { retry: renamed(retry) }),
    ...(metadata && { metadata: renamed(metadata) }),
  };
}

/** The schema sees to it that there is exactly one. */
function commandOf({ run, exec, command }: CommandEntry): Command {
  if (typeof run === 'string') return { type: 'shell', command: run };
  if (!exec) return renamed(command as NonNullable<typeof command>);
  const [program, ...args] = exec;
  return { type: 'exec', program, args };
}
