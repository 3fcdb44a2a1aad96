import type { Question } from './support/question.js';

/** Whether an engine that has run for long is as it was. Five times as many in `--long`. */
export const questions: Question[] = [
  {
    title: 'many executions through one engine: what is left of them',
    contestants: [{ name: 'execrx', file: 'endurance-execrx', args: ['20000', '10000'] }],
    long: { args: ['100000', '10000'] },
    targets: [
      { figure: 'memoryRiseMb', atMost: 20 },
      { figure: 'moreDescriptors', atMost: 0 },
      { figure: 'moreHandles', atMost: 0 },
    ],
    atMostRounds: 1,
  },
];
