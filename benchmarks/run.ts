/**
 * `npm run bench`: all questions; `npm run bench -- spawn lines --rounds 7 --json out.json`: some of them. `--long`: also what takes minutes.
 * `--gate`: exits with 1 if a ratio misses its bound by more than a third.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measure } from './support/measure.js';
import type { Question } from './support/question.js';
import { type Answer, print } from './support/report.js';
import { verdictsOf } from './support/verdicts.js';

const names = [
  'spawn',
  'heavy',
  'lines',
  'chunks',
  'fairness',
  'memory',
  'queue',
  'start',
  'concurrent',
  'endurance',
  'plans',
  'map',
];
const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
    long: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`No such question: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);

const machine = `${availableParallelism()} x ${cpus()[0]?.model}`;
const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`.replace(/ (-- )?$/, '');
console.log(`Node ${process.version}, ${machine}, medians of ${values.rounds} rounds`);

const answers: Answer[] = [];
for (const name of positionals.length > 0 ? positionals : names) {
  const { questions } = (await import(`./${name}.js`)) as { questions: Question[] };
  for (const asked of questions) {
    const question = values.long ? lengthened(asked) : asked;
    const measured = await measure(question, roundsOf(question));
    const answer = { question: name, title: question.title, measured, verdicts: verdictsOf(question, measured) };
    print(answer);
    answers.push(answer);
  }
}
if (values.json !== undefined) {
  const run = {
    node: process.version,
    machine,
    command,
    rounds: Number(values.rounds),
    date: new Date().toISOString(),
  };
  writeFileSync(values.json, `${JSON.stringify({ ...run, answers }, null, 1)}\n`);
}
const farOff = answers.flatMap(({ title, verdicts }) =>
  verdicts.filter((verdict) => verdict.isRatio && verdict.farOff).map(({ target }) => `${title}: ${target}`),
);
if (values.gate && farOff.length > 0) {
  console.error(`\nMissed by more than a third:\n${farOff.join('\n')}`);
  process.exitCode = 1;
}

function roundsOf({ roundsInSuite }: Question): number {
  const rounds = Number(values.rounds);
  return positionals.length > 0 ? rounds : Math.min(rounds, roundsInSuite ?? rounds);
}

function lengthened(question: Question): Question {
  const [first, ...others] = question.contestants;
  if (!question.long || !first) return question;
  return { ...question, contestants: [{ ...first, ...question.long }, ...others] };
}
