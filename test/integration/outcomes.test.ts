import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type Execution,
  type ExecutionEngine,
  type ExecutionResult,
  exec,
  type FailureCode,
  shell,
  ValidationError,
} from 'execrx';
import { startBlocker } from '../support/blocker.js';
import { useEngines } from '../support/engine.js';
import { collect, typesOf } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { rejectionOf } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

interface Outcome {
  title: string;
  start(engine: ExecutionEngine): Execution;
  lifecycle: string[];
  result: Partial<ExecutionResult>;
  code: FailureCode | null;
}

const outcomes: Outcome[] = [
  {
    title: 'exit code 0',
    start: (engine) => engine.execute({ command: exec('true') }),
    lifecycle: ['queued', 'started', 'completed'],
    result: { status: 'completed', exitCode: 0, signal: null, attempts: 1, termination: null },
    code: null,
  },
  {
    title: 'another exit code',
    start: (engine) => engine.execute({ command: shell('exit 7') }),
    lifecycle: ['queued', 'started', 'failed'],
    result: { status: 'failed', exitCode: 7, signal: null, attempts: 1, termination: null },
    code: 'EXIT_NON_ZERO',
  },
  {
    title: 'a signal from elsewhere',
    start: (engine) => engine.execute({ command: shell('kill -USR1 $$') }),
    lifecycle: ['queued', 'started', 'failed'],
    result: { status: 'failed', exitCode: null, signal: 'SIGUSR1', attempts: 1, termination: null },
    code: 'SIGNALLED',
  },
  {
    title: 'a program that is not there',
    start: (engine) => engine.execute({ command: exec('no-such-program-anywhere') }),
    lifecycle: ['queued', 'failed'],
    result: { status: 'failed', exitCode: null, signal: null, pid: null, startedAt: null, termination: null },
    code: 'SPAWN_FAILED',
  },
  {
    title: 'a time-out',
    start: (engine) => engine.execute({ command: exec('sleep', '60'), timeoutMs: 50 }),
    lifecycle: ['queued', 'started', 'timeout'],
    result: { status: 'timeout', exitCode: null, signal: 'SIGTERM' },
    code: 'TIMEOUT',
  },
  {
    title: 'a time-out in the queue',
    start: (engine) => {
      startBlocker(engine);
      return engine.execute({ command: exec('true'), queueTimeoutMs: 50 });
    },
    lifecycle: ['queued', 'timeout'],
    result: { status: 'timeout', exitCode: null, pid: null, startedAt: null, attempts: 0, durationMs: 0 },
    code: 'QUEUE_TIMEOUT',
  },
  {
    title: 'a cancel before the start',
    start: (engine) => {
      const run = engine.execute({ command: exec('true') });
      run.cancel();
      return run;
    },
    lifecycle: ['queued', 'cancelled'],
    result: { status: 'cancelled', exitCode: null, pid: null, startedAt: null, attempts: 0, durationMs: 0 },
    code: 'CANCELLED',
  },
];

describe('outcomes', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  for (const { title, start, lifecycle, result: expected, code } of outcomes) {
    it(`are values: ${title} ends in one terminal event, the last, and a result that says why`, async () => {
      const engine = makeEngine({ maxConcurrentExecutions: 1 });
      const all = collect(engine.events$);
      const run = start(engine);
      const own = collect(run.events$);
      const result = await run.result;
      expect(result).to.deep.include(expected);
      expect(result.error?.code ?? null).to.equal(code);
      if (result.error) expect(result.error.message).to.match(/\w/);
      expect(typesOf(await own.done)).to.deep.equal(lifecycle);

      // Whatever came after the terminal event would be on the streams by the time the engine has stopped.
      await engine.stop();
      expect(typesOf(all.values.filter(({ executionId }) => executionId === run.id))).to.deep.equal(lifecycle);
      expect(all.completed).to.equal(true);
    });
  }

  it('carry times that fit together', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    await engine.ready();
    const before = Date.now();
    const first = engine.execute({ command: exec('sleep', '0.3') });
    const second = await engine.run({ command: exec('true') });
    const result = await first.result;
    expect(result.queuedAt).to.be.within(before, second.completedAt);
    expect(result.startedAt).to.be.at.least(result.queuedAt);
    expect(result.completedAt).to.be.at.least((result.startedAt ?? 0) + 290);
    expect(result.durationMs).to.be.within(290, result.completedAt - result.queuedAt + 50);
    expect((second.startedAt ?? 0) - second.queuedAt).to.be.at.least(290);
    expect(second.durationMs).to.be.below(second.completedAt - second.queuedAt);
  });

  for (const spawner of ['auto', 'thread'] as const) {
    it(`are never shorter than the process, however many start at once (${spawner})`, async () => {
      const engine = makeEngine({ spawner });
      await engine.ready();
      const command = shell('date +%s%3N; exec sleep 0.1', { shell: 'sh' });
      const results = await Promise.all(Array.from({ length: 40 }, () => engine.run({ command })));
      for (const { durationMs, queuedAt, startedAt, completedAt, stdout } of results) {
        expect(durationMs).to.be.at.least(100);
        expect(startedAt).to.be.within(queuedAt, Number(stdout));
        expect(completedAt).to.be.at.least(Number(stdout) + 99);
      }
    });
  }

  it('free the slot when a program is not there', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const missing = Array.from({ length: 5 }, () => engine.run({ command: exec('/no/such/program') }));
    const after = await engine.run({ command: exec('echo', 'still here') });
    expect(after.stdout).to.equal('still here\n');
    for (const { error } of await Promise.all(missing)) expect(error?.message).to.include('/no/such/program');
    await eventually('the slot is free', () => engine.getConcurrencyMetrics().availableSlots === 1);
  });

  it('include every way a program cannot be started, as SPAWN_FAILED', async () => {
    const engine = makeEngine();
    const plainFile = join(tempDirectory(), 'plain');
    writeFileSync(plainFile, 'echo hi', { mode: 0o644 });
    const commands = [exec(plainFile), exec('/tmp'), exec(`${plainFile}/x`), exec('true', 'x'.repeat(4_000_000))];
    for (const command of commands) {
      const { status, error } = await engine.run({ command });
      expect([status, error?.code]).to.deep.equal(['failed', 'SPAWN_FAILED']);
    }
    expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
  });

  it('are what `run` resolves with; what `execute` throws, `run` rejects with', async () => {
    const engine = makeEngine();
    expect((await engine.run({ command: shell('exit 1') })).status).to.equal('failed');
    expect(await rejectionOf(engine.run({ command: exec('') }))).to.be.instanceOf(ValidationError);
  });
});
