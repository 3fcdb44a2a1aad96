import { createEngine, type EngineConfig, type ExecutionEngine } from '../index.js';
import type { Console } from './console.js';

/**
 * Runs `work` with an engine that is stopped afterwards, whatever happens, and gives the exit code. `work` says whether everything completed.
 * @throws {ConfigurationError} and what `work` throws
 */
export async function withEngine(
  { interruption, out, err }: Console,
  config: Partial<EngineConfig>,
  work: (engine: ExecutionEngine) => Promise<boolean>,
): Promise<number> {
  interruption.listen();
  const engine = createEngine(config);
  let completed = false;
  try {
    completed = await work(engine);
  } finally {
    await engine.stop();
    out.flush();
    err.flush();
  }
  return interruption.exitCode(completed);
}
