import type { Question } from './support/question.js';

/** How fast one talkative child reaches a subscriber, line by line. */
export const questions: Question[] = [
  {
    title: '2,000,000 lines of 80 bytes from one child to one subscriber',
    contestants: [
      { name: 'execrx output$', file: 'lines-execrx' },
      { name: 'execa iterator', file: 'lines-execa', args: ['500000'] },
      { name: 'readline iterator', file: 'lines-readline' },
    ],
    targets: [
      { figure: 'millionPerSecond', atLeast: 2 },
      { figure: 'millionPerSecond', against: 'execa iterator', atLeast: 3 },
    ],
  },
];
