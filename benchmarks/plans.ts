import type { Question } from './support/question.js';

const sizes = [1_000, 10_000, 100_000];
const nameOf = (nodes: number) => `${nodes.toLocaleString('en')} nodes`;

/** What a plan costs by itself, with commands that end as soon as they are started; and whether that grows faster than the plan does. */
export const questions: Question[] = [
  {
    title: 'a dependency graph with three edges a node, validated and scheduled',
    contestants: sizes.map((nodes) => ({ name: nameOf(nodes), file: 'plans-execrx', args: [String(nodes)] })),
    atMostRounds: 3,
    targets: [
      ...sizes.map((nodes) => ({ figure: 'microsecondsEach', of: nameOf(nodes), atMost: 10 })),
      { figure: 'microsecondsEach', of: nameOf(100_000), against: nameOf(1_000), atMost: 2 },
    ],
  },
];
