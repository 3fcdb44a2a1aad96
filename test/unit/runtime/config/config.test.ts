import { existsSync, realpathSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { relative } from 'node:path';
import { expect } from 'chai';
import type { EngineConfig } from '#lib/actors/protocol/config.js';
import { ConfigurationError, type InputProblem } from '#lib/actors/protocol/errors.js';
import { defaultConfig, resolveConfig } from '#lib/runtime/config/config.js';
import { useTemporaryDirectory } from '../../../support/temporary-directory.js';

/** The table of the documentation: field, default, a value that is not it, and values that are refused. */
const FIELDS: Array<[field: keyof EngineConfig, byDefault: unknown, other: unknown, refused: unknown[]]> = [
  ['defaultTimeoutMs', 300_000, 5, [0, -1, 1.5, '5', Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, null]],
  ['maxTimeoutMs', 3_600_000, 400_000, [0, '5', 2 ** 31]],
  ['streamOutput', true, false, ['true', 1, null]],
  ['logOutput', true, false, [0, 'no']],
  ['maxLogSizeBytes', 104_857_600, 0, [-1, '1MB', 0.5]],
  ['logRetentionSecs', 86_400, 0, [-1, '1d']],
  ['maxConcurrentExecutions', 100, 1, [0, -1, 2.5, '8', Number.POSITIVE_INFINITY]],
  ['admission', 'queue', 'reject', ['drop', true]],
  ['maxQueuedExecutions', 10_000, 0, [-1, '0']],
  ['maxInMemoryExecutions', 1_000, 0, [-1, null]],
  ['executionRetentionSecs', 3_600, 0, [-1, 'never']],
  ['enableAutoCleanup', true, false, ['false']],
  ['cleanupIntervalMs', 300_000, 1, [0, 2 ** 31]],
  ['maxOutputSizeBytes', 10_485_760, 0, [-1, 2 ** 40]],
  ['oversizedOutputStrategy', 'truncate_with_warning', 'stream_to_file', ['truncate', '']],
  ['maxLineBytes', 65_536, 8, [0, 7, '64k']],
  ['killGraceMs', 5_000, 0, [-1, '5s']],
  ['drainTimeoutMs', 1_000, 0, [-1, '1s']],
  ['workerThreads', Math.min(4, availableParallelism()), 2, [0, 257, 'auto']],
  ['spawner', 'auto', 'thread', ['fork', null]],
];

describe('resolveConfig', () => {
  const at = useTemporaryDirectory();
  const resolve = (fields: object) => resolveConfig({ logDir: at(), ...fields } as Partial<EngineConfig>);

  for (const [field, byDefault, other, refused] of FIELDS) {
    it(`has ${field} = ${byDefault} by default, and takes another value`, () => {
      expect(resolve({})[field]).to.equal(byDefault);
      expect(resolve({ [field]: undefined })[field]).to.equal(byDefault);
      expect(resolve({ [field]: other })[field]).to.equal(other);
    });

    it(`refuses a wrong ${field}, and names it`, () => {
      for (const value of refused) {
        const [problem, ...more] = problemsOf(() => resolve({ [field]: value }));
        expect(problem?.path).to.equal(field);
        expect(problem?.expected).to.match(/^(a whole number from \d+ to \d+|true or false|one of '.*')$/);
        expect(problem?.received).to.not.equal('');
        expect(more).to.deep.equal([]);
      }
    });
  }

  it('has every field that there is', () => {
    const named = FIELDS.map(([field]) => field);
    expect(Object.keys(defaultConfig()).sort()).to.deep.equal([...named, 'logDir', 'logger'].sort());
  });

  it('names an unknown field without showing what may be a secret', () => {
    expect(problemsOf(() => resolve({ maxConcurrency: 'hunter2' }))).to.deep.equal([
      { path: 'maxConcurrency', expected: 'no such field', received: 'string' },
    ]);
  });

  it('names every problem at once', () => {
    const problems = problemsOf(() => resolve({ workerThreads: 0, streamOutput: 'yes', foo: 1 }));
    expect(problems.map(({ path }) => path)).to.have.members(['workerThreads', 'streamOutput', 'foo']);
  });

  it('refuses anything but an object', () => {
    for (const value of [null, 5, 'x', []]) {
      expect(() => resolveConfig(value as object)).to.throw(ConfigurationError, '(input): expected an object');
    }
  });

  it('refuses a default timeout above the ceiling', () => {
    expect(problemsOf(() => resolve({ defaultTimeoutMs: 2_000, maxTimeoutMs: 1_000 }))).to.deep.equal([
      { path: 'defaultTimeoutMs', expected: 'at most maxTimeoutMs (1000)', received: '2000' },
    ]);
    expect(resolve({ defaultTimeoutMs: 1_000, maxTimeoutMs: 1_000 }).defaultTimeoutMs).to.equal(1_000);
  });

  it('lowers a default timeout that nobody asked for to a ceiling below it', () => {
    expect(resolve({ maxTimeoutMs: 1_000 })).to.include({ defaultTimeoutMs: 1_000, maxTimeoutMs: 1_000 });
  });

  it('takes a logger with the four methods, a class of its own too, and names those that are missing', () => {
    class Own {
      debug() {}
      info() {}
      warn() {}
      error() {}
    }
    const logger = new Own();
    expect(resolve({ logger }).logger).to.equal(logger);
    const problems = problemsOf(() => resolve({ logger: { debug() {}, info: 'x', warn() {} } }));
    expect(problems.map(({ path }) => path)).to.deep.equal(['logger.info', 'logger.error']);
    expect(problemsOf(() => resolve({ logger: null }))[0]?.path).to.equal('logger');
  });

  it('is what was checked, whatever a getter says when it is asked again', () => {
    const answers = [7, 'many'];
    const options = {
      get maxConcurrentExecutions() {
        return answers.length > 1 ? answers.shift() : answers[0];
      },
    };
    expect(resolve(options).maxConcurrentExecutions).to.equal(7);
  });

  it('leaves the logger as it is, for its methods may be its class’s and want it as `this`', () => {
    class Log {
      readonly #lines: string[] = [];
      debug() {}
      info() {}
      warn() {}
      error(_: object, message: string) {
        this.#lines.push(message);
      }
    }
    const logger = new Log();
    expect(resolve({ logger }).logger).to.equal(logger);
  });

  it('is silent by default', () => {
    const { logger } = resolve({});
    for (const level of ['debug', 'info', 'warn', 'error'] as const) expect(logger[level]({}, 'x')).to.equal(undefined);
  });

  it('cannot be changed afterwards', () => {
    expect(resolve({})).to.satisfy(Object.isFrozen);
  });

  describe('logDir', () => {
    it('is by default a directory of this user’s own under the temporary one', () => {
      const { logDir } = resolveConfig();
      expect(relative(tmpdir(), logDir)).to.equal(`execrx-${process.getuid?.()}`);
      expect(statSync(logDir).mode & 0o777).to.equal(0o700);
      expect(statSync(logDir).uid).to.equal(process.getuid?.());
    });

    it('is made, with its parents, for this user only', () => {
      resolve({ logDir: at('a', 'b') });
      expect(statSync(at('a', 'b')).mode & 0o777).to.equal(0o700);
    });

    it('is made absolute at once', () => {
      const before = process.cwd();
      process.chdir(at());
      try {
        expect(resolve({ logDir: 'logs' }).logDir).to.equal(`${realpathSync(at())}/logs`);
      } finally {
        process.chdir(before);
      }
    });

    it('is not made where no logs are written', () => {
      resolve({ logDir: at('a'), logOutput: false });
      expect(existsSync(at('a'))).to.equal(false);
    });

    it('must be a path', () => {
      for (const logDir of ['', 'a\0b', 5, null]) {
        expect(problemsOf(() => resolve({ logDir }))[0]).to.include({ path: 'logDir', expected: 'a path' });
      }
    });
  });
});

function problemsOf(resolve: () => unknown): readonly InputProblem[] {
  try {
    resolve();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('it was not refused');
}
