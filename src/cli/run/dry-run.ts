import type { ExecutionPlan } from '../../index.js';
import { dependenciesOf } from '../graph/dependencies-of.js';
import { wavesOf } from '../graph/waves.js';
import { labelOf, wordsOf } from '../text/label-of.js';

const LONGEST_WORDS = 200;

/** What a plan would run, a line per command, none before what it depends on. */
export function dryRun(plan: ExecutionPlan): string {
  const dependencies = dependenciesOf(plan);
  const lines = wavesOf(dependencies)
    .flat()
    .map((index) => lineOf(plan, index, dependencies[index] ?? []));
  return lines.map((line) => `${line}\n`).join('');
}

function lineOf(plan: ExecutionPlan, index: number, needed: readonly number[]): string {
  const command = plan.commands[index];
  const words = command ? wordsOf(command, LONGEST_WORDS) : '';
  const named = command?.name === undefined ? words : `${command.name}: ${words}`;
  return needed.length === 0 ? named : `${named}  (after ${needed.map((at) => labelOf(plan, at)).join(', ')})`;
}
