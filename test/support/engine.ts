import { join } from 'node:path';
import { createEngine, type EngineConfig, type ExecutionEngine } from 'execrx';
import { useTempDirectories } from './temporary-directory.js';

/**
 * Call inside `describe`. What it returns makes an engine with one worker thread and a log directory of its own; the engine is stopped
 * after the test, so that whatever a test leaves running fails that test and not a later one.
 */
export function useEngines(): (options?: Partial<EngineConfig>) => ExecutionEngine {
  const engines: ExecutionEngine[] = [];
  const tempDirectory = useTempDirectories();
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  });
  return (options) => {
    const logDir = join(tempDirectory(), 'logs');
    const engine = createEngine({ logDir, workerThreads: 1, killGraceMs: 2_000, ...options });
    engines.push(engine);
    return engine;
  };
}
