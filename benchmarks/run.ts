/** `npm run bench`: all questions; `npm run bench -- spawn lines --rounds 7`: some of them. */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measure } from './support/measure.js';
import type { Question } from './support/question.js';
import { print } from './support/report.js';

const names = ['spawn', 'heavy', 'lines', 'queue', 'concurrent', 'flood', 'plans', 'map'];
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`No such question: ${unknown.join(', ')}. There are: ${names.join(', ')}.`);

console.log(
  `Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model}, medians of ${values.rounds} rounds`,
);
for (const name of positionals.length > 0 ? positionals : names) {
  const { questions } = (await import(`./${name}.js`)) as { questions: Question[] };
  for (const question of questions) print(question, await measure(question, Number(values.rounds)));
}
