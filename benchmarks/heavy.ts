import type { Question } from './support/question.js';

const args = (count: number, ballastMb: number) => [String(count), '8', String(ballastMb)];

/** What the app's own memory costs every command it starts. */
export const questions: Question[] = [
  {
    title: '/bin/true, 8 at a time, from an app that uses much memory',
    contestants: [
      { name: 'execrx, 4 GiB', file: 'spawn-execrx', args: args(1_000, 4_096) },
      { name: 'execrx, 1 GiB', file: 'spawn-execrx', args: args(1_000, 1_024) },
      { name: 'execrx, small', file: 'spawn-execrx', args: args(1_000, 0) },
      { name: 'child_process.spawn, 1 GiB', file: 'spawn-child-process', args: args(40, 1_024) },
    ],
    atMostRounds: 3,
    targets: [
      { figure: 'perSecond', of: 'execrx, 1 GiB', against: 'child_process.spawn, 1 GiB', atLeast: 40 },
      { figure: 'perSecond', against: 'execrx, small', atLeast: 0.85 },
      { figure: 'delayP99Ms', atMost: 10 },
    ],
  },
];
