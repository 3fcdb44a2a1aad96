import type { ExecutionPlan } from '../../actors/protocol/plan.js';

/** For each command, those that end before it starts, each once: in a serial plan the one before. */
export function dependenciesOf({ strategy, commands }: ExecutionPlan): number[][] {
  switch (strategy.type) {
    case 'serial':
      return commands.map((_, index) => (index === 0 ? [] : [index - 1]));
    case 'parallel':
      return commands.map(() => []);
    case 'dependency_graph':
      return commands.map((_, index) => [...new Set(strategy.dependencies[index])]);
  }
}
