import { expect } from 'chai';
import { defaultConfig } from '#lib/runtime/config/config.js';
import { jobOf, logPathOf } from '#lib/supervisor/job.js';
import { recordWith } from '../../support/records.js';

const config = { ...defaultConfig(), logDir: '/logs' };

describe('jobOf', () => {
  it('carries everything the worker needs, and nothing of the queue', () => {
    const record = recordWith({
      id: 'x',
      program: 'tool',
      args: ['a'],
      env: { A: 'b' },
      inheritEnv: false,
      cwd: '/tmp',
    });
    record.attempt = 1;
    expect(jobOf(record, 9, config, '/own')).to.deep.equal({
      ref: 9,
      program: 'tool',
      args: ['a'],
      env: { A: 'b' },
      inheritEnv: false,
      cwd: '/tmp',
      stdin: { type: 'none' },
      timeoutMs: 60_000,
      idleTimeoutMs: null,
      maxOutputSizeBytes: 1_000,
      oversizedOutputStrategy: 'truncate_with_warning',
      logPath: '/logs/x.log',
      spillPaths: null,
      appendLog: false,
      listen: 0,
      batch: null,
    });
  });

  it('leaves the directory open where it is the one workers have anyway', () => {
    expect(jobOf(recordWith({ cwd: '/own' }), 1, config, '/own').cwd).to.equal(null);
    expect(jobOf(recordWith({ cwd: '/other' }), 1, config, '/own').cwd).to.equal('/other');
  });

  it('adds to the log from the second attempt on', () => {
    const record = recordWith();
    record.attempt = 2;
    expect(jobOf(record, 1, config, '/own').appendLog).to.equal(true);
  });

  it('has no log where the engine writes none', () => {
    expect(jobOf(recordWith(), 1, { ...config, logOutput: false }, '/own').logPath).to.equal(null);
  });

  it('says where oversized streams go, where they go to files', () => {
    const record = recordWith({ id: 'x', oversizedOutputStrategy: 'stream_to_file' });
    const { spillPaths } = jobOf(record, 1, config, '/own');
    expect(spillPaths).to.deep.equal({ stdout: '/logs/x.stdout', stderr: '/logs/x.stderr' });
  });

  it('asks for lines where someone listens, unless output is not streamed', () => {
    const record = recordWith();
    record.streams.stderr$.subscribe();
    expect(jobOf(record, 1, config, '/own').listen).to.equal(2);
    expect(jobOf(record, 1, { ...config, streamOutput: false }, '/own').listen).to.equal(0);
  });

  it('survives a structured clone', () => {
    const job = jobOf(recordWith({ stdin: { type: 'data', data: new Uint8Array([1]) } }), 1, config, '/own');
    expect(structuredClone(job)).to.deep.equal(job);
  });
});

describe('logPathOf', () => {
  it('is a file named after the execution in the log directory', () => {
    expect(logPathOf('/logs', 'x')).to.equal('/logs/x.log');
  });
});
