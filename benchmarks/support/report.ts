import type { Measured, Spread } from './measure.js';
import type { Verdict } from './verdicts.js';

/** One question and what came of it, as `--json` keeps it. */
export interface Answer {
  question: string;
  title: string;
  measured: Measured;
  verdicts: Verdict[];
}

export function print({ title, measured, verdicts }: Answer): void {
  console.log(`\n## ${title}\n`);
  const figures = [...new Set(Object.values(measured).flatMap((spreads) => Object.keys(spreads)))];
  console.log(`| | ${figures.join(' | ')} |`);
  console.log(`|---|${figures.map(() => '---:').join('|')}|`);
  for (const [name, spreads] of Object.entries(measured)) {
    console.log(`| ${name} | ${figures.map((figure) => cell(spreads[figure])).join(' | ')} |`);
  }
  console.log();
  for (const { target, measured: value, met } of verdicts) {
    console.log(`- ${met ? 'met   ' : 'MISSED'} ${target}: ${round(value)}`);
  }
}

function cell(spread: Spread | undefined): string {
  if (!spread) return '';
  const { min, median, max } = spread;
  return min === max ? round(median) : `${round(median)} (${round(min)} to ${round(max)})`;
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
