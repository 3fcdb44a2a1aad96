import type { Question } from './support/question.js';

/** From a fresh process to its end, with the result of one command in between: what a short script pays. */
export const questions: Question[] = [
  {
    title: 'import, run true once, leave',
    contestants: [
      { name: 'execrx', file: 'start', args: ['execrx'] },
      { name: 'execa', file: 'start', args: ['execa'] },
      { name: 'child_process', file: 'start', args: ['child_process'] },
    ],
    targets: [{ figure: 'wallMs', against: 'execa', atMost: 1.3 }],
  },
];
