import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exec, shell, ValidationError } from 'execrx';
import { filter, firstValueFrom } from 'rxjs';
import { useEngines } from '../support/engine.js';
import { collect, ofType, typesOf } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { thrownBy } from '../support/rejection.js';
import { useTempDirectories } from '../support/temporary-directory.js';

describe('retry', () => {
  const makeEngine = useEngines();
  const tempDirectory = useTempDirectories();

  /** A command that leaves a mark for every time it runs, and succeeds the `successAt`th time. */
  function counting(successAt: number) {
    const marks = join(tempDirectory(), 'marks');
    const text = `echo x >> '${marks}'; n=$(wc -l < '${marks}'); echo "try $n"; [ "$n" -ge ${successAt} ]`;
    return { command: shell(text), times: () => (existsSync(marks) ? readFileSync(marks, 'utf8').length / 2 : 0) };
  }

  it('runs again until it succeeds; the result is that of the last attempt', async () => {
    const { command, times } = counting(3);
    const run = makeEngine().execute({ command, retry: { attempts: 5, backoffMs: 1 } });
    const events = await collect(run.events$).done;
    const { status, attempts, stdout, error } = await run.result;
    expect([status, attempts, stdout, error]).to.deep.equal(['completed', 3, 'try 3\n', null]);
    expect(times()).to.equal(3);
    expect(typesOf(events)).to.deep.equal([
      'queued',
      ...['started', 'stdout', 'retrying'],
      ...['started', 'stdout', 'retrying'],
      ...['started', 'stdout', 'completed'],
    ]);
    expect(ofType(events, 'started').map(({ attempt }) => attempt)).to.deep.equal([1, 2, 3]);
  });

  it('gives up after `attempts`, the first included', async () => {
    const { command, times } = counting(100);
    const { status, attempts, error } = await makeEngine().run({ command, retry: { attempts: 3, backoffMs: 1 } });
    expect([status, attempts, error?.code]).to.deep.equal(['failed', 3, 'EXIT_NON_ZERO']);
    expect(times()).to.equal(3);
  });

  it('pauses for `backoffMs`, then that times `factor` each time, up to `maxBackoffMs`', async () => {
    const retry = { attempts: 5, backoffMs: 20, factor: 3, maxBackoffMs: 100 };
    const run = makeEngine().execute({ command: shell('exit 1'), retry });
    const events = await collect(run.events$).done;
    expect(ofType(events, 'retrying').map(({ attempt, delayMs }) => [attempt, delayMs])).to.deep.equal([
      [2, 20],
      [3, 60],
      [4, 100],
      [5, 100],
    ]);
    const started = ofType(events, 'started').map(({ timestamp }) => timestamp);
    const pauses = started.slice(1).map((at, index) => at - (started[index] ?? 0));
    for (const [index, shortest] of [20, 60, 100, 100].entries()) expect(pauses[index]).to.be.at.least(shortest - 1);
  });

  it('does not concern success, and concerns time-outs only when asked', async () => {
    const engine = makeEngine();
    const retry = { attempts: 3, backoffMs: 1 };
    const late = { command: exec('sleep', '600'), timeoutMs: 50 };
    expect((await engine.run({ command: exec('true'), retry })).attempts).to.equal(1);
    expect((await engine.run({ ...late, retry })).attempts).to.equal(1);
    expect((await engine.run({ ...late, retry: { ...retry, on: ['timeout'] } })).attempts).to.equal(3);
    expect((await engine.run({ command: exec('false'), retry: { ...retry, on: ['timeout'] } })).attempts).to.equal(1);
    expect(
      (await engine.run({ command: exec('false'), retry: { ...retry, on: ['timeout', 'failed'] } })).attempts,
    ).to.equal(3);
  });

  it('gives every attempt the whole of its time-out', async () => {
    const retry = { attempts: 3, backoffMs: 1, on: ['timeout' as const] };
    const { durationMs, attempts } = await makeEngine().run({ command: exec('sleep', '600'), timeoutMs: 150, retry });
    expect(attempts).to.equal(3);
    expect(durationMs).to.be.at.least(449);
  });

  it('counts a program that cannot be started as a failure', async () => {
    const run = makeEngine().execute({ command: exec('/no/such/program'), retry: { attempts: 2, backoffMs: 1 } });
    expect(typesOf(await collect(run.events$).done)).to.deep.equal(['queued', 'retrying', 'failed']);
    expect((await run.result).attempts).to.equal(2);
  });

  it('has the result of the last attempt when it is cancelled during the pause', async () => {
    const engine = makeEngine();
    const command = shell('echo out; echo err >&2; exit 7');
    const run = engine.execute({ command, retry: { attempts: 2, backoffMs: 600_000 } });
    await firstValueFrom(run.events$.pipe(filter(({ type }) => type === 'retrying')));
    run.cancel('enough');
    const { output, durationMs, ...result } = await run.result;
    expect(result).to.deep.include({ status: 'cancelled', exitCode: 7, stdout: 'out\n', stderr: 'err\n', attempts: 1 });
    expect(result.error).to.deep.equal({ code: 'CANCELLED', message: 'enough' });
    expect([output.stdoutBytes, output.stderrBytes, output.complete]).to.deep.equal([4, 4, true]);
    expect(durationMs).to.be.above(0);
  });

  it('leaves the slot to others during the pause', async () => {
    const engine = makeEngine({ maxConcurrentExecutions: 1 });
    const run = engine.execute({ command: exec('false'), retry: { attempts: 2, backoffMs: 600_000 } });
    expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
    expect(run.status).to.equal('pending');
    expect(engine.getConcurrencyMetrics()).to.include({ currentlyRunning: 0, currentlyPending: 0 });
  });

  it('ends at once with a cancel during the pause, and nothing runs again', async () => {
    const { command, times } = counting(100);
    const engine = makeEngine();
    const run = engine.execute({ command, retry: { attempts: 2, backoffMs: 600_000 } });
    const events = collect(run.events$);
    await eventually('it pauses', () => typesOf(events.values).includes('retrying'));
    run.cancel('enough');
    const { status, error, attempts } = await run.result;
    expect([status, error?.message, attempts]).to.deep.equal(['cancelled', 'enough', 1]);
    expect(typesOf(await events.done)).to.deep.equal(['queued', 'started', 'stdout', 'retrying', 'cancelled']);
    expect(times()).to.equal(1);
  });

  it('does not run a cancelled command again', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('sleep', '600'), retry: { attempts: 5, backoffMs: 1 } });
    await eventually('it runs', () => run.status === 'running');
    run.cancel();
    const { status, attempts } = await run.result;
    expect([status, attempts]).to.deep.equal(['cancelled', 1]);
  });

  it('keeps the output of every attempt in the log', async () => {
    const { command } = counting(3);
    const engine = makeEngine();
    const { id } = await engine.run({ command, retry: { attempts: 5, backoffMs: 1 } });
    expect(await engine.readLogs(id)).to.equal('try 1\ntry 2\ntry 3\n');
  });

  it('cannot be had together with live input, which cannot be given twice', () => {
    const request = { command: exec('cat'), stdin: { pipe: true as const }, retry: { attempts: 2, backoffMs: 1 } };
    expect(thrownBy(() => makeEngine().execute(request))).to.be.instanceOf(ValidationError);
  });
});
