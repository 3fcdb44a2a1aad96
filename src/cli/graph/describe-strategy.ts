import type { ExecutionStrategy } from '../../actors/protocol/plan.js';

/** How the commands of a plan run, in words: `each as soon as what it depends on has completed, at most 4 at once`. */
export function describeStrategy(strategy: ExecutionStrategy): string {
  switch (strategy.type) {
    case 'serial':
      return 'one after the other';
    case 'parallel':
      return `side by side${bound(strategy.maxConcurrency)}`;
    case 'dependency_graph':
      return `each as soon as what it depends on has completed${bound(strategy.maxConcurrency)}`;
  }
}

function bound(maxConcurrency: number | undefined): string {
  return maxConcurrency === undefined ? '' : `, at most ${maxConcurrency} at once`;
}
