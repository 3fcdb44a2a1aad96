import type { Question } from './support/question.js';

/** What a submission costs the caller when all it can do is wait. */
export const questions: Question[] = [
  {
    title: '10,000 submissions to a full engine',
    contestants: [{ name: 'execrx', file: 'queue-execrx' }],
    targets: [{ figure: 'submitMs', atMost: 500 }],
  },
];
