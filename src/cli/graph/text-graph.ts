import type { ExecutionPlan } from '../../actors/protocol/plan.js';
import { count, grouped } from '../text/count.js';
import { wordsOf } from '../text/label-of.js';
import { dependenciesOf } from './dependencies-of.js';
import { describeStrategy } from './describe-strategy.js';
import { wavesOf } from './waves.js';

const LONGEST_LABEL = 40;
const LONGEST_WORDS = 60;
const MOST_NEEDED = 6;

/**
 * A plan as text, a line per command with its place in the plan: in their order, or, where commands depend on others, in waves, each line
 * with what it waits for.
 */
export function textGraph(plan: ExecutionPlan): string {
  const head = `${count(plan.commands.length, 'command')}, ${describeStrategy(plan.strategy)}`;
  const body = plan.strategy.type === 'dependency_graph' ? inWaves(plan) : inOrder(plan);
  return `${[head, ...body].join('\n')}\n`;
}

function inOrder(plan: ExecutionPlan): string[] {
  const lineOf = lineWriter(plan);
  return ['', ...plan.commands.map((_, index) => lineOf(index, []))];
}

function inWaves(plan: ExecutionPlan): string[] {
  const lineOf = lineWriter(plan);
  const dependencies = dependenciesOf(plan);
  return wavesOf(dependencies).flatMap((wave, at) => [
    '',
    `wave ${grouped(at + 1)}`,
    ...wave.map((index) => lineOf(index, dependencies[index] ?? [])),
  ]);
}

/** Columns as wide as their widest cell in the whole plan, up to a bound. */
function lineWriter(plan: ExecutionPlan): (index: number, needed: readonly number[]) => string {
  const placeWidth = String(plan.commands.length - 1).length;
  const named = plan.commands.some(({ name }) => name !== undefined);
  const widthOf = (cells: string[], most: number) =>
    cells.reduce((width, { length }) => Math.max(width, Math.min(length, most)), 0);
  const names = plan.commands.map(({ name }) => name ?? '');
  const words = plan.commands.map((command) => wordsOf(command, LONGEST_WORDS));
  const nameWidth = widthOf(names, LONGEST_LABEL);
  const wordsWidth = widthOf(words, LONGEST_WORDS);
  return (index, needed) => {
    const cells = [
      String(index).padStart(placeWidth),
      ...(named ? [(names[index] ?? '').padEnd(nameWidth)] : []),
      (words[index] ?? '').padEnd(wordsWidth),
      needed.length === 0 ? '' : `after ${listOf(plan, needed)}`,
    ];
    return `  ${cells.join('  ').trimEnd()}`;
  };
}

function listOf(plan: ExecutionPlan, needed: readonly number[]): string {
  const shown = needed.slice(0, MOST_NEEDED).map((index) => plan.commands[index]?.name ?? String(index));
  const left = needed.length - shown.length;
  return left === 0 ? shown.join(', ') : `${shown.join(', ')} and ${left} more`;
}
