import type { Question } from './support/question.js';

/** What children that will not stop writing cost the app's memory, whether nobody listens or somebody slow. */
export const questions: Question[] = [
  {
    title: '5 GB from one child against the default cap',
    contestants: [{ name: 'execrx', file: 'flood-execrx' }],
    targets: [{ figure: 'memoryRiseMb', atMost: 100 }],
    atMostRounds: 1,
  },
  {
    title: '10 GB from one child to a subscriber that sleeps 1 ms for every 2 MB',
    contestants: [{ name: 'execrx chunks$', file: 'slow-execrx' }],
    targets: [{ figure: 'memoryRiseMb', atMost: 64 }],
    atMostRounds: 1,
  },
];
