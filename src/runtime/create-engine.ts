import type { EngineConfig } from '../actors/protocol/config.js';
import { composeEngine } from './composition.js';
import type { ExecutionEngine } from './engine.js';

/**
 * Makes an engine. Synchronous; worker threads start when there is work for them, or with `ready()`.
 * @throws {ConfigurationError} naming every field that is unknown, of the wrong type or in contradiction with another
 */
export function createEngine(options?: Partial<EngineConfig>): ExecutionEngine {
  return composeEngine(options);
}
