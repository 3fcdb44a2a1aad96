import { expect } from 'chai';
import { ConfigurationError } from '#lib/actors/protocol/errors.js';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { configFromEnv } from '#lib/runtime/config/from-env.js';

describe('configFromEnv', () => {
  it('reads every field but the logger', () => {
    const { logger: _, ...fields } = defaultConfig();
    const env = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => {
        return [`EXECRX_${field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`, String(value)];
      }),
    );
    expect(env).to.include({ EXECRX_MAX_CONCURRENT_EXECUTIONS: '100', EXECRX_LOG_OUTPUT: 'true' });
    expect(configFromEnv(env)).to.deep.equal(fields);
  });

  it('takes true, false, 1 and 0 for a boolean, in any case', () => {
    const read = (text: string) => configFromEnv({ EXECRX_STREAM_OUTPUT: text }).streamOutput;
    expect(['true', 'TRUE', '1', 'false', 'False', '0'].map(read)).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('takes no notice of other variables, and of empty ones', () => {
    expect(
      configFromEnv({ PATH: '/bin', EXECRXX: '1', EXECRX_WORKER_THREADS: '', EXECRX_SPAWNER: undefined }),
    ).to.deep.equal({});
  });

  it('gives only what is set, so that it can be spread over other options', () => {
    expect(configFromEnv({ EXECRX_WORKER_THREADS: '2' })).to.have.all.keys('workerThreads');
  });

  it('takes a path that looks like a number for a path', () => {
    expect(configFromEnv({ EXECRX_LOG_DIR: '8' })).to.deep.equal({ logDir: '8' });
  });

  const refused: Array<[variable: string, text: string]> = [
    ['EXECRX_WORKER_THREADS', 'many'],
    ['EXECRX_WORKER_THREADS', '0'],
    ['EXECRX_WORKER_THREADS', '2.5'],
    ['EXECRX_WORKER_THREADS', '0x2'],
    ['EXECRX_WORKER_THREADS', '1e1'],
    ['EXECRX_WORKER_THREADS', ' 2'],
    ['EXECRX_KILL_GRACE_MS', '-1'],
    ['EXECRX_STREAM_OUTPUT', 'yes'],
    ['EXECRX_STREAM_OUTPUT', 'constructor'],
    ['EXECRX_ADMISSION', 'drop'],
    ['EXECRX_LOGGER', 'pino'],
  ];
  for (const [variable, text] of refused) {
    it(`refuses ${variable}=${text}, and names the variable`, () => {
      expect(() => configFromEnv({ [variable]: text })).to.throw(ConfigurationError, variable);
    });
  }

  it('shows the text it cannot parse', () => {
    expect(() => configFromEnv({ EXECRX_WORKER_THREADS: 'many' })).to.throw("got 'many'");
    expect(() => configFromEnv({ EXECRX_STREAM_OUTPUT: 'constructor' })).to.throw("got 'constructor'");
  });

  it('names an unknown variable, but never its value: it may be a secret', () => {
    expect(() => configFromEnv({ EXECRX_API_TOKEN: 'hunter2' }))
      .to.throw(ConfigurationError, 'EXECRX_API_TOKEN')
      .with.property('message')
      .that.does.not.contain('hunter2');
  });

  it('names every problem at once', () => {
    expect(() => configFromEnv({ EXECRX_WORKER_THREADS: 'x', EXECRX_SPAWNER: 'y', EXECRX_FOO: 'z' }))
      .to.throw(ConfigurationError)
      .with.nested.property('problems.length', 3);
  });
});
