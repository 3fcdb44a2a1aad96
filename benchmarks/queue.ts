import type { Question } from './support/question.js';

/** What a submission costs the caller when all it can do is wait, and what it costs to change one's mind. */
export const questions: Question[] = [
  {
    title: 'submissions to a full engine, then all cancelled',
    contestants: [
      { name: '100,000', file: 'queue-execrx', args: ['100000'] },
      { name: '10,000', file: 'queue-execrx', args: ['10000'] },
    ],
    atMostRounds: 3,
    targets: [
      { figure: 'submitMs', of: '10,000', atMost: 500 },
      { figure: 'submitMicrosecondsEach', atMost: 20 },
      { figure: 'cancelMicrosecondsEach', against: '10,000', atMost: 1.5 },
    ],
  },
];
