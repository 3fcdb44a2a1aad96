import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Contestant, Figures, Question } from './question.js';

export interface Spread {
  min: number;
  median: number;
  max: number;
}

/** By contestant, then by figure. */
export type Measured = Record<string, Record<string, Spread>>;

/**
 * Runs every contestant in a process of its own, so that none inherits another's heap, and all of them once per round, so that a noisy
 * moment of the machine hits all alike. Each warms itself up before it starts its clock.
 */
export async function measure(question: Question, rounds: number): Promise<Measured> {
  const counted = Math.min(rounds, question.atMostRounds ?? rounds);
  const samples = new Map<string, Figures[]>(question.contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= counted; round++) {
    for (const contestant of question.contestants) {
      samples.get(contestant.name)?.push(await runContestant(contestant));
    }
  }
  return Object.fromEntries([...samples].map(([name, list]) => [name, spreadsOf(list)]));
}

async function runContestant({ file, args = [] }: Contestant): Promise<Figures> {
  const path = new URL(`../contestants/${file}.js`, import.meta.url).pathname;
  const child = spawn(process.execPath, ['--expose-gc', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return JSON.parse(stdout) as Figures;
}

function spreadsOf(samples: readonly Figures[]): Record<string, Spread> {
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  return Object.fromEntries(names.map((name) => [name, spreadOf(samples.map((sample) => sample[name] ?? Number.NaN))]));
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return { min: at(0), median: at((sorted.length - 1) >> 1), max: at(sorted.length - 1) };
}
