import type { Question } from './support/question.js';

/** How fast talkative children reach a subscriber, line by line. */
export const questions: Question[] = [
  {
    title: '4,000,000 lines of 80 bytes to one subscriber',
    contestants: [
      { name: 'execrx output$', file: 'lines-execrx', args: ['4000000'] },
      { name: 'without log and text', file: 'lines-execrx', args: ['4000000', '1', 'only-lines'] },
      { name: 'the same from 8 children', file: 'lines-execrx', args: ['4000000', '8', 'only-lines'] },
      { name: 'execa iterator', file: 'lines-execa', args: ['500000'] },
      { name: 'readline iterator', file: 'lines-readline' },
    ],
    targets: [
      { figure: 'millionPerSecond', atLeast: 3 },
      { figure: 'millionPerSecond', against: 'execa iterator', atLeast: 4 },
      { figure: 'millionPerSecond', against: 'readline iterator', atLeast: 1.2 },
      { figure: 'millionPerSecond', of: 'the same from 8 children', against: 'without log and text', atLeast: 1 },
    ],
  },
];
