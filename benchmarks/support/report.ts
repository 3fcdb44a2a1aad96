import type { Measured, Spread } from './measure.js';
import type { Question, Target } from './question.js';

export interface Verdict {
  target: string;
  measured: number;
  met: boolean;
}

export function verdictsOf(question: Question, measured: Measured): Verdict[] {
  return question.targets.map((target) => {
    const ours = target.of ?? question.contestants[0]?.name ?? '';
    const own = measured.get(ours)?.get(target.figure)?.median ?? Number.NaN;
    const peer =
      target.against === undefined ? 1 : (measured.get(target.against)?.get(target.figure)?.median ?? Number.NaN);
    const value = own / peer;
    const met =
      value >= (target.atLeast ?? Number.NEGATIVE_INFINITY) && value <= (target.atMost ?? Number.POSITIVE_INFINITY);
    return { target: describe(target), measured: value, met };
  });
}

export function print(question: Question, measured: Measured): void {
  console.log(`\n## ${question.title}\n`);
  const figures = [...new Set([...measured.values()].flatMap((spreads) => [...spreads.keys()]))];
  console.log(`| | ${figures.join(' | ')} |`);
  console.log(`|---|${figures.map(() => '---:').join('|')}|`);
  for (const [name, spreads] of measured) {
    console.log(`| ${name} | ${figures.map((figure) => cell(spreads.get(figure))).join(' | ')} |`);
  }
  console.log();
  for (const { target, measured: value, met } of verdictsOf(question, measured)) {
    console.log(`- ${met ? 'met   ' : 'MISSED'} ${target}: ${round(value)}`);
  }
}

function cell(spread: Spread | undefined): string {
  return spread ? `${round(spread.median)} (${round(spread.min)} to ${round(spread.max)})` : '';
}

function describe({ figure, of, against, atLeast, atMost }: Target): string {
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  return `${of ? `${of}: ` : ''}${figure} ${bound}${against === undefined ? '' : ` x ${against}`}`;
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
