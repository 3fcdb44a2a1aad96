import type { InputProblem } from '../protocol/errors.js';
import type { ExecutionStrategy } from '../protocol/plan.js';
import { readDependencies } from './dependencies.js';
import { chain, graphOf, graphWithoutEdges, type PlanGraph } from './graph.js';
import type { OnFailure } from './scheduler.js';

/** What a strategy comes to. */
export interface Scheme {
  graph: PlanGraph;
  limit: number;
  onFailure: OnFailure;
}

/** The same mechanism for all: who waits for whom, how many at once, and what a failure means. */
export function schemeOf(strategy: ExecutionStrategy, size: number): { scheme: Scheme; problems: InputProblem[] } {
  switch (strategy.type) {
    case 'serial': {
      const onFailure = (strategy.stopOnError ?? true) ? 'stop' : 'go_on';
      return { scheme: { graph: chain(size), limit: 1, onFailure }, problems: [] };
    }
    case 'parallel': {
      const { maxConcurrency: limit = Number.POSITIVE_INFINITY, stopOnError = false } = strategy;
      const onFailure = stopOnError ? 'stop' : 'go_on';
      return { scheme: { graph: graphWithoutEdges(size), limit, onFailure }, problems: [] };
    }
    case 'dependency_graph': {
      const { maxConcurrency: limit = Number.POSITIVE_INFINITY, onFailure = 'skip_dependents' } = strategy;
      const { edges, problems } = readDependencies(strategy.dependencies, size);
      return { scheme: { graph: graphOf(size, edges), limit, onFailure }, problems };
    }
  }
}
