import type { Question } from './support/question.js';

/** How many short commands a second, and how free the app's loop stays. */
export const question: Question = {
  title: '1,000 x /bin/true, 8 at a time, both pipes',
  contestants: [
    { name: 'execrx', file: 'spawn-execrx' },
    { name: 'child_process.spawn', file: 'spawn-child-process' },
    { name: 'execa', file: 'spawn-execa' },
  ],
  targets: [
    { figure: 'perSecond', against: 'child_process.spawn', atLeast: 0.7 },
    { figure: 'delayP99Ms', atMost: 10 },
  ],
};
