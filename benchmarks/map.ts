import { has } from './support/available.js';
import type { Question } from './support/question.js';

const args = ['10000', '8'];

/** A command for each of many items, on the command line: with the time that each program takes to start. */
export const questions: Question[] = [
  {
    title: '10,000 items, /bin/true for each, 8 at a time, from the command line',
    contestants: [
      { name: 'execrx map', file: 'map-execrx', args },
      { name: 'xargs -P 8 -n 1', file: 'map-xargs', args },
      ...(has('parallel') ? [{ name: 'GNU parallel', file: 'map-parallel', args: ['500', '8'] }] : []),
    ],
    roundsInSuite: 1,
    targets: [
      { figure: 'perSecond', against: 'xargs -P 8 -n 1', atLeast: 1 },
      ...(has('parallel') ? [{ figure: 'perSecond', against: 'GNU parallel', atLeast: 4 }] : []),
    ],
  },
];
