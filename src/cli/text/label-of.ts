import { describeCommand, type ExecutionPlan, type PlanCommand } from '../../actors/protocol/plan.js';
import { plainText } from './plain-text.js';
import { shortened } from './shortened.js';

const LONGEST_LABEL = 80;

/** What to call a command of a plan, on one line: its name, or what it runs, in at most 80 characters. */
export function labelOf(plan: ExecutionPlan, index: number): string {
  const command = plan.commands[index];
  if (command === undefined)
    throw new RangeError(`expected a place from 0 to ${plan.commands.length - 1}, got ${index}`);
  return (command.name ?? wordsOf(command, LONGEST_LABEL)) || `#${index}`;
}

/** What a command runs, on one line of at most so many characters; one that is cut ends with an ellipsis. */
export function wordsOf({ command }: PlanCommand, longest: number): string {
  // Twice as much as needed at most when all are pairs of surrogates; the rest is for what will not be shown.
  const beginning = describeCommand(command).slice(0, longest * 8);
  return shortened(plainText(beginning.replace(/\r\n?/g, '\n')).replace(/\s+/g, ' ').trim(), longest);
}
