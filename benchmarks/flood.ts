import type { Question } from './support/question.js';

/** What a child that will not stop writing costs the app's memory. */
export const questions: Question[] = [
  {
    title: '5 GB from one child against the default cap',
    contestants: [{ name: 'execrx', file: 'flood-execrx' }],
    targets: [{ figure: 'memoryRiseMb', atMost: 100 }],
  },
];
