import type { Question } from './support/question.js';

/** What raw bytes lose on their way through a worker thread. */
export const questions: Question[] = [
  {
    title: '3 GB of bytes from one child to one subscriber',
    contestants: [
      { name: 'execrx chunks$', file: 'chunks-execrx', args: ['3000000000', 'no-log'] },
      { name: 'with a log of the first 100 MiB', file: 'chunks-execrx', args: ['3000000000'] },
      { name: 'child_process data events', file: 'chunks-child-process', args: ['3000000000'] },
    ],
    targets: [{ figure: 'gigabytesPerSecond', against: 'child_process data events', atLeast: 0.8 }],
  },
];
