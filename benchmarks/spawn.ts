import { has } from './support/available.js';
import type { Question } from './support/question.js';

const COUNT = '3000';

/** How many short commands a second, and how free the app's loop stays. */
function spawning(atOnce: string): Question {
  const args = [COUNT, atOnce];
  return {
    title: `3,000 x /bin/true, ${atOnce} at a time, both pipes`,
    contestants: [
      { name: 'execrx', file: 'spawn-execrx', args },
      { name: 'execrx, spawner: thread', file: 'spawn-execrx', args: ['1000', atOnce, '0', 'thread'] },
      { name: 'child_process.spawn', file: 'spawn-child-process', args },
      { name: 'execa', file: 'spawn-execa', args: ['1000', atOnce] },
      { name: 'xargs', file: 'spawn-xargs', args },
      ...(has('cc') ? [{ name: 'C loop on posix_spawn', file: 'spawn-c-loop', args }] : []),
    ],
    targets: [
      { figure: 'perSecond', against: 'child_process.spawn', atLeast: 1.5 },
      { figure: 'perSecond', of: 'execrx, spawner: thread', against: 'child_process.spawn', atLeast: 0.7 },
      { figure: 'perSecond', against: 'xargs', atLeast: 1 },
      ...(has('cc') ? [{ figure: 'perSecond', against: 'C loop on posix_spawn', atLeast: 0.6 }] : []),
      { figure: 'delayP99Ms', atMost: 10 },
    ],
  };
}

export const questions: Question[] = [spawning('8'), spawning('32')];
