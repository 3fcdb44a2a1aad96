import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import {
  ConcurrencyLimitReachedError,
  ConfigurationError,
  createEngine,
  EngineStoppedError,
  type ExecutionEngine,
  ExecutionError,
  exec,
  LogReadError,
  NotFinishedError,
  NotFoundError,
  NotRunningError,
  QueueFullError,
  ValidationError,
} from 'execrx';
import { startedBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { rejectionOf, thrownBy } from '../support/rejection.js';

type MakeEngine = ReturnType<typeof useEngines>;

const command = exec('true');

interface Case {
  type: new (...args: never[]) => ExecutionError;
  code: string;
  /** What the message must name for its reader to know what to do. */
  names: RegExp;
  provoke(makeEngine: MakeEngine): Promise<unknown>;
}

async function finished(engine: ExecutionEngine): Promise<string> {
  return (await engine.run({ command: exec('echo', 'hi') })).id;
}

const cases: Case[] = [
  {
    type: ConfigurationError,
    code: 'CONFIGURATION_ERROR',
    names: /maxConcurrentExecutions: expected .* got 0/,
    provoke: async () => thrownBy(() => createEngine({ maxConcurrentExecutions: 0 })),
  },
  {
    type: ValidationError,
    code: 'VALIDATION_ERROR',
    names: /timeoutMs: expected .* got -1/,
    provoke: async (makeEngine) => thrownBy(() => makeEngine().execute({ command, timeoutMs: -1 })),
  },
  {
    type: ConcurrencyLimitReachedError,
    code: 'CONCURRENCY_LIMIT_REACHED',
    names: /1 slots.*maxConcurrentExecutions/,
    provoke: async (makeEngine) => {
      const engine = makeEngine({ maxConcurrentExecutions: 1, admission: 'reject' });
      await startedBlocker(engine);
      return thrownBy(() => engine.execute({ command }));
    },
  },
  {
    type: QueueFullError,
    code: 'QUEUE_FULL',
    names: /0 executions.*maxQueuedExecutions/,
    provoke: async (makeEngine) => {
      const engine = makeEngine({ maxConcurrentExecutions: 1, maxQueuedExecutions: 0 });
      await startedBlocker(engine);
      return thrownBy(() => engine.execute({ command }));
    },
  },
  {
    type: EngineStoppedError,
    code: 'ENGINE_STOPPED',
    names: /createEngine/,
    provoke: async (makeEngine) => {
      const engine = makeEngine();
      await engine.stop();
      return thrownBy(() => engine.execute({ command }));
    },
  },
  {
    type: NotFoundError,
    code: 'NOT_FOUND',
    names: /some-id/,
    provoke: async (makeEngine) => thrownBy(() => makeEngine().getStatus('some-id')),
  },
  {
    type: NotRunningError,
    code: 'NOT_RUNNING',
    names: /ended \(completed\)/,
    provoke: async (makeEngine) => {
      const engine = makeEngine();
      const id = await finished(engine);
      return thrownBy(() => engine.cancel(id));
    },
  },
  {
    type: NotFinishedError,
    code: 'NOT_FINISHED',
    names: /is pending.*wait/,
    provoke: async (makeEngine) => {
      const engine = makeEngine();
      const { id } = engine.execute({ command });
      return thrownBy(() => engine.getResult(id));
    },
  },
  {
    type: LogReadError,
    code: 'LOG_READ_FAILED',
    names: /\.log .*ENOENT/,
    provoke: async (makeEngine) => {
      const engine = makeEngine();
      const id = await finished(engine);
      rmSync(dirname(engine.getLogPath(id)), { recursive: true });
      return rejectionOf(engine.readLogs(id));
    },
  },
];

describe('errors', () => {
  const makeEngine = useEngines();

  for (const { type, code, names, provoke } of cases) {
    it(`of the class ${type.name} carry its name, the code ${code}, and what to look at`, async () => {
      const error = await provoke(makeEngine);
      expect(error).to.be.instanceOf(type).and.instanceOf(ExecutionError).and.instanceOf(Error);
      expect(error).to.include({ name: type.name, code });
      expect((error as Error).message).to.match(names);
    });
  }
});
