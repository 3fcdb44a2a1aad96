import { has } from './support/available.js';
import type { Contestant, Question } from './support/question.js';

const MANY = '3000';
/** For those that need no warm-up. */
const ENOUGH = '2000';
/** For those that would take long. */
const SOME = '600';
const FEW = '100';

function contestant(name: string, file: string, ...args: string[]): Contestant {
  return { name, file, args };
}

/** How many short commands a second, and how free the app's loop stays. */
function spawning(atOnce: string, peers: readonly Contestant[] = [], atMostRounds?: number): Question {
  const cLoop = has('cc') ? [contestant('C loop on posix_spawn', 'spawn-c-loop', ENOUGH, atOnce)] : [];
  return {
    title: `/bin/true, ${atOnce} at a time, both pipes`,
    contestants: [
      contestant('execrx', 'spawn-execrx', MANY, atOnce),
      contestant('child_process.spawn', 'spawn-child-process', SOME, atOnce),
      contestant('xargs -P', 'spawn-xargs', ENOUGH, atOnce),
      ...cLoop,
      ...peers,
    ],
    targets: [
      { figure: 'perSecond', against: 'child_process.spawn', atLeast: 1.5 },
      { figure: 'perSecond', against: 'xargs -P', atLeast: 1 },
      ...cLoop.map(({ name }) => ({ figure: 'perSecond', against: name, atLeast: 0.6 })),
      { figure: 'delayP99Ms', atMost: 10 },
    ],
    atMostRounds,
  };
}

const packages = [
  contestant('execrx, spawner: thread', 'spawn-execrx', FEW, '8', '0', 'thread'),
  contestant('execa', 'spawn-execa', FEW, '8'),
  contestant('execa in p-queue', 'spawn-p-queue', FEW, '8'),
  contestant('tinyexec', 'spawn-tinyexec', FEW, '8'),
  contestant('nano-spawn', 'spawn-nano-spawn', FEW, '8'),
  contestant('zx', 'spawn-zx', FEW, '8'),
  contestant('concurrently', 'spawn-concurrently', FEW, '8'),
  ...(has('parallel') ? [contestant('GNU parallel', 'spawn-parallel', FEW, '8')] : []),
];

export const questions: Question[] = [spawning('8', packages), spawning('32', [], 3)];
