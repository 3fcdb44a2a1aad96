import type { Question } from './support/question.js';

/** Whether children that flood keep others, or the app, waiting. */
export const questions: Question[] = [
  {
    title: 'a line every 20 ms from a quiet child, while 4 others flood a subscriber each',
    contestants: [{ name: 'execrx', file: 'fairness-execrx' }],
    targets: [
      { figure: 'latencyP99Ms', atMost: 20 },
      { figure: 'delayP99Ms', atMost: 20 },
    ],
    atMostRounds: 3,
  },
];
