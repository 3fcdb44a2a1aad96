import { chownSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigurationError, configFromEnv, createEngine, ExecutionError, exec } from 'execrx';
import { useEngines } from '../support/engine.js';
import { thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

const refused: Array<[what: string, options: Record<string, unknown>, path: string]> = [
  ['an unknown field', { maxConcurent: 5 }, 'maxConcurent'],
  ['a wrong type', { maxConcurrentExecutions: '5' }, 'maxConcurrentExecutions'],
  ['a number that makes no sense', { maxConcurrentExecutions: 0 }, 'maxConcurrentExecutions'],
  ['a fraction', { killGraceMs: 0.5 }, 'killGraceMs'],
  ['an unknown choice', { admission: 'drop' }, 'admission'],
  ['an unknown spawner', { spawner: 'fork' }, 'spawner'],
  ['a flag that is none', { logOutput: 'yes' }, 'logOutput'],
  ['half a logger', { logger: { info() {} } }, 'logger.debug'],
  ['a default above the ceiling', { defaultTimeoutMs: 10, maxTimeoutMs: 5 }, 'defaultTimeoutMs'],
];

describe('configuration', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  for (const [what, options, path] of refused) {
    it(`is refused with ${what}, which is named`, () => {
      const error = thrownBy(() => createEngine(options)) as ConfigurationError;
      expect(error).to.be.instanceOf(ConfigurationError).and.instanceOf(ExecutionError);
      expect(error.code).to.equal('CONFIGURATION_ERROR');
      expect(error.problems.map((problem) => problem.path)).to.include(path);
      expect(error.message).to.include(path);
    });
  }

  describe('without a log directory', () => {
    const oldTmpdir = process.env.TMPDIR;
    afterEach(() => {
      if (oldTmpdir === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = oldTmpdir;
    });

    it('uses one of this user under the temporary one, closed to others even if it was open', async () => {
      process.env.TMPDIR = tempDirectory();
      const logDir = join(process.env.TMPDIR, `execrx-${process.getuid?.()}`);
      mkdirSync(logDir, { mode: 0o777 });
      const engine = makeEngine({ logDir: undefined as never });
      const { id, logPath } = await engine.run({ command: exec('echo', 'hi') });
      expect(logPath).to.equal(join(logDir, `${id}.log`));
      expect(lstatSync(logDir).mode & 0o777).to.equal(0o700);
      expect(await engine.readLogs(id)).to.equal('hi\n');
    });

    it('follows no link there, which anyone may have put', () => {
      process.env.TMPDIR = tempDirectory();
      symlinkSync(tempDirectory(), join(process.env.TMPDIR, `execrx-${process.getuid?.()}`));
      expect(thrownBy(() => createEngine())).to.be.instanceOf(ConfigurationError);
    });
  });

  it('is refused with a log directory that belongs to someone else', () => {
    // Only root can give a directory away; for everyone else, root owns one already.
    const foreign = process.getuid?.() === 0 ? tempDirectory() : '/usr';
    if (foreign !== '/usr') chownSync(foreign, 65_534, 65_534);
    const error = thrownBy(() => createEngine({ logDir: foreign })) as ConfigurationError;
    expect(error).to.be.instanceOf(ConfigurationError);
    expect(error.problems.map(({ path }) => path)).to.deep.equal(['logDir']);
    expect(error.message).to.include('owned by');
  });

  it('is refused with a log directory that is a file, or cannot be made', () => {
    const file = join(tempDirectory(), 'file');
    writeFileSync(file, '');
    for (const logDir of [file, join(file, 'below')]) {
      const error = thrownBy(() => createEngine({ logDir })) as ConfigurationError;
      expect(error).to.be.instanceOf(ConfigurationError);
      expect(error.message).to.include('logDir').and.to.include(logDir);
    }
  });

  it('takes a log directory of the app that is a link to one of its own', async () => {
    const directory = tempDirectory();
    mkdirSync(join(directory, 'real'));
    symlinkSync(join(directory, 'real'), join(directory, 'link'));
    const { logPath } = await makeEngine({ logDir: join(directory, 'link') }).run({ command: exec('echo', 'hi') });
    expect(lstatSync(logPath).isFile()).to.equal(true);
  });
});

describe('configFromEnv', () => {
  const makeEngine = useEngines();

  it('reads EXECRX_ variables into a configuration that an engine takes', async () => {
    const config = configFromEnv({
      HOME: '/root',
      EXECRX_MAX_CONCURRENT_EXECUTIONS: '2',
      EXECRX_STREAM_OUTPUT: 'false',
      EXECRX_ADMISSION: 'reject',
      EXECRX_KILL_GRACE_MS: '',
    });
    expect(config).to.deep.equal({ maxConcurrentExecutions: 2, streamOutput: false, admission: 'reject' });
    expect(makeEngine(config).getConcurrencyMetrics().maxConcurrent).to.equal(2);
  });

  it('refuses what it cannot parse and what it does not know, all of it by name', () => {
    const env = {
      EXECRX_MAX_CONCURRENT_EXECUTIONS: 'many',
      EXECRX_LOG_OUTPUT: 'maybe',
      EXECRX_TIMEOUT: '5',
      EXECRX_KILL_GRACE_MS: '5s',
    };
    const error = thrownBy(() => configFromEnv(env)) as ConfigurationError;
    expect(error).to.be.instanceOf(ConfigurationError);
    expect(error.problems.map(({ path }) => path)).to.have.members(Object.keys(env));
  });
});
