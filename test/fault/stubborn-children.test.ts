import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Execution, exec, shell } from 'execrx';
import { firstValueFrom } from 'rxjs';
import { eventually } from '../support/eventually.js';
import { withEngine } from '../support/fault/rig.js';
import { isRunning } from '../support/proc.js';

/** The process has said this, so it is past what came before. */
async function said(run: Execution): Promise<string> {
  return firstValueFrom(run.stdout$);
}

describe('a child that does not want to go', () => {
  it('is killed after the grace period when it ignores SIGTERM, and the result says so', async () => {
    await withEngine({ killGraceMs: 150 }, async ({ engine, processes }) => {
      const run = engine.execute({ command: shell("trap '' TERM; echo ready; while :; do sleep 0.05; done") });
      await said(run);
      run.cancel('no longer wanted');
      const { status, error, signal, termination } = await run.result;
      expect({ status, error, signal }).to.deep.equal({
        status: 'cancelled',
        error: { code: 'CANCELLED', message: 'no longer wanted' },
        signal: 'SIGKILL',
      });
      expect(termination?.signals.map((sent) => sent.signal)).to.deep.equal(['SIGTERM', 'SIGKILL']);
      expect(termination?.treeEmpty).to.equal(true);
      expect(processes()).to.deep.equal([]);
    });
  });

  it('is killed when it has stopped itself', async () => {
    await withEngine({ killGraceMs: 100 }, async ({ engine }) => {
      const run = engine.execute({ command: shell('echo ready; kill -STOP $$'), timeoutMs: 300 });
      const { status, signal, error } = await run.result;
      expect({ status, signal, code: error?.code }).to.deep.equal({
        status: 'timeout',
        signal: 'SIGKILL',
        code: 'TIMEOUT',
      });
    });
  });

  it('takes with it descendants that ignore SIGTERM in sessions of their own', async () => {
    await withEngine({ killGraceMs: 150 }, async ({ engine, processes }) => {
      const stubborn = `trap "" TERM; echo ready; while :; do sleep 0.05; done`;
      const run = engine.execute({ command: shell(`setsid bash -c '${stubborn}' & wait`) });
      await said(run);
      run.cancel();
      const { termination } = await run.result;
      expect(termination?.treeEmpty).to.equal(true);
      expect(processes()).to.deep.equal([]);
    });
  });

  it('takes with it what it left in its group when it ended by itself', async () => {
    await withEngine({}, async ({ engine, directory }) => {
      const pidFile = join(directory, 'pid');
      const command = shell(`sleep 60 >/dev/null 2>&1 & echo $! > ${pidFile}; echo left`);
      const { status, stdout, output } = await engine.run({ command });
      expect({ status, stdout, complete: output.complete }).to.deep.equal({
        status: 'completed',
        stdout: 'left\n',
        complete: true,
      });
      const left = Number(readFileSync(pidFile, 'utf8'));
      await eventually('what it left is dead', () => !isRunning(left));
    });
  });

  it('does not hold up its result when something of its group holds the pipe', async () => {
    await withEngine({ drainTimeoutMs: 200 }, async ({ engine, processes }) => {
      const startedAt = performance.now();
      const { status, stdout, output } = await engine.run({ command: shell('sleep 60 & echo ended') });
      expect(performance.now() - startedAt).to.be.within(150, 5_000);
      expect({ status, stdout, complete: output.complete }).to.deep.equal({
        status: 'completed',
        stdout: 'ended\n',
        complete: false,
      });
      await eventually('the one that held the pipe is dead', () => processes().length === 0);
    });
  });

  it('does not hold up its result when a daemon in its own session holds the pipe', async () => {
    await withEngine({ drainTimeoutMs: 200 }, async ({ engine, directory }) => {
      const pidFile = join(directory, 'pid');
      const daemon = `setsid bash -c 'echo $$ > ${pidFile}; exec sleep 60' &`;
      const waitForIt = `until test -s ${pidFile}; do sleep 0.01; done`;
      const { status, output } = await engine.run({ command: shell(`${daemon} ${waitForIt}; echo ended`) });
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL'); // out of everyone's sight but this test's
      expect({ status, complete: output.complete }).to.deep.equal({ status: 'completed', complete: false });
    });
  });

  it('ends at once when cancelled while only its pipe is awaited', async () => {
    await withEngine({ drainTimeoutMs: 60_000 }, async ({ engine, directory }) => {
      const pidFile = join(directory, 'pid');
      const run = engine.execute({ command: shell(`sleep 60 & echo $$ > ${pidFile}; echo ended`) });
      await said(run);
      const pid = readFileSync(pidFile, 'utf8').trim();
      await eventually('it has been reaped', () => !existsSync(`/proc/${pid}`));
      run.cancel('enough');
      const { status, exitCode, output } = await run.result;
      expect({ status, exitCode, complete: output.complete }).to.deep.equal({
        status: 'completed',
        exitCode: 0,
        complete: false,
      });
    });
  });

  it('cannot make the engine wait for ever when it stops', async () => {
    await withEngine({ killGraceMs: 100 }, async ({ engine }) => {
      const command = shell("trap '' TERM; echo ready; while :; do sleep 0.05; done");
      const runs = Array.from({ length: 5 }, () => engine.execute({ command }));
      await Promise.all(runs.map(said));
      const stopped = engine.stop();
      const codes = (await Promise.all(runs.map(({ result }) => result))).map(({ error }) => error?.code);
      await stopped;
      expect(codes).to.deep.equal(runs.map(() => 'ENGINE_STOPPED'));
    });
  });

  it('is replaced by nothing when cancelled before it started', async () => {
    await withEngine({ maxConcurrentExecutions: 1 }, async ({ engine, directory }) => {
      const proof = join(directory, 'proof');
      const first = engine.execute({ command: exec('sleep', '60') });
      const second = engine.execute({ command: exec('touch', proof) });
      second.cancel('changed my mind');
      first.cancel();
      const { status, attempts, startedAt, termination } = await second.result;
      expect({ status, attempts, startedAt, termination }).to.deep.equal({
        status: 'cancelled',
        attempts: 0,
        startedAt: null,
        termination: null,
      });
      await first.result;
      await engine
        .run({ command: exec('test', '!', '-e', proof) })
        .then(({ exitCode }) => expect(exitCode).to.equal(0));
    });
  });
});
