import type { Question } from './support/question.js';

/** Whether a thousand processes can live side by side. */
export const questions: Question[] = [
  {
    title: '1,000 x sleep 1, all at once',
    contestants: [{ name: 'execrx', file: 'concurrent-execrx' }],
    atMostRounds: 3,
    targets: [{ figure: 'seconds', atMost: 4 }],
  },
];
