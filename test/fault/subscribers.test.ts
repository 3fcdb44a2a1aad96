import { expect } from 'chai';
import { EngineStoppedError, type ExecutionEngine, type ExecutionEvent, exec, shell } from 'execrx';
import type { Observable } from 'rxjs';
import { withEngine } from '../support/fault/rig.js';
import { collectUnhandled } from '../support/fault/unhandled.js';
import { until } from '../support/fault/until.js';

function boom(what: string): never {
  throw new Error(`a subscriber of ${what} threw`);
}

/** Every stream an engine has, as an app could subscribe to it with a function that throws. */
function subscribeThrowing(engine: ExecutionEngine): void {
  engine.events$.subscribe(() => boom('events$'));
  engine.stats$.subscribe(() => boom('stats$'));
  engine.concurrency$.subscribe(() => boom('concurrency$'));
  engine.health$.subscribe(() => boom('health$'));
  engine.deadLetters$.subscribe(() => boom('deadLetters$'));
  engine.subscribe({ handleEvent: () => boom('the engine, a handler') });
  engine.subscribe({ handleEvent: () => Promise.reject(new Error('a handler rejected')) });
}

describe('a subscriber that throws', () => {
  it('disturbs no other and not the engine; its errors surface in onUnhandledError', async () => {
    await collectUnhandled(async (errors) => {
      await withEngine({ maxConcurrentExecutions: 2 }, async ({ engine }) => {
        subscribeThrowing(engine);
        const seen: ExecutionEvent[] = [];
        const runs = Array.from({ length: 6 }, (_, index) => {
          const run = engine.execute({ command: exec('echo', String(index)) });
          for (const stream$ of [run.events$, run.output$, run.stdout$, run.stderr$] as Array<Observable<unknown>>) {
            stream$.subscribe({ next: () => boom('an execution'), complete: () => boom('a completion') });
          }
          run.events$.subscribe((event) => seen.push(event));
          return run;
        });
        const results = await Promise.all(runs.map(({ result }) => result));
        expect(results.map(({ stdout }) => stdout)).to.deep.equal(['0\n', '1\n', '2\n', '3\n', '4\n', '5\n']);
        for (const { id } of runs) {
          const types = seen.filter(({ executionId }) => executionId === id).map(({ type }) => type);
          expect(types).to.deep.equal(['queued', 'started', 'stdout', 'completed']);
        }
        expect(engine.getStats().completed).to.equal(6);
        runs[0]?.events$.subscribe(() => boom('a replay'));
      });
      const messages = () => new Set(errors.map((error) => (error as Error).message));
      await until('all have been told', () => messages().size === 9);
      expect([...messages()].sort()).to.deep.equal(
        [
          ...['events$', 'stats$', 'concurrency$', 'health$', 'the engine, a handler'].map(threw),
          ...['an execution', 'a completion', 'a replay'].map(threw),
          'a handler rejected',
        ].sort(),
      );
    });
  });
});

function threw(what: string): string {
  return `a subscriber of ${what} threw`;
}

describe('a subscriber that calls back into the engine', () => {
  it('may cancel the execution whose event it is told, at any of its events', async () => {
    for (const moment of ['queued', 'started', 'stdout', 'completed'] as const) {
      await withEngine({ maxConcurrentExecutions: 2 }, async ({ engine }) => {
        const calls: string[] = [];
        engine.events$.subscribe(({ type, executionId }) => {
          if (type !== moment) return;
          try {
            engine.cancel(executionId, `at ${moment}`);
            calls.push('cancelled');
          } catch (error) {
            calls.push((error as { code: string }).code);
          }
        });
        const ends = moment === 'completed';
        const command = shell(ends ? 'echo up' : 'echo up; sleep 60');
        const { status, error } = await engine.run({ command });
        expect({ moment, status, message: error?.message }).to.deep.equal({
          moment,
          status: ends ? 'completed' : 'cancelled',
          message: ends ? undefined : `at ${moment}`,
        });
        expect(calls[0]).to.equal(ends ? 'NOT_RUNNING' : 'cancelled');
        if (!ends) await engine.stop(); // or the further command would be cancelled as well
      });
    }
  });

  it('may cancel another, submit more, query and remove from inside any event, to any depth', async () => {
    await withEngine({ maxConcurrentExecutions: 3 }, async ({ engine }) => {
      const order: string[] = [];
      let children = 0;
      engine.events$.subscribe((event) => {
        if ('planId' in event) return;
        order.push(event.executionId);
        if (event.type !== 'completed' || children >= 30) return;
        children++;
        const sleeper = engine.execute({ command: exec('sleep', '60') });
        engine.cancel(sleeper.id);
        engine.execute({ command: exec('true') });
        expect(engine.getStatus(event.executionId)).to.equal('completed');
        engine.removeExecution(event.executionId);
      });
      engine.execute({ command: exec('true') });
      await until('the chain is at its end', () => engine.getStats().completed === 31);
      expect(engine.getStats()).to.deep.include({ total: 61, completed: 31, cancelled: 30, pending: 0, running: 0 });
    });
  });

  it('may unsubscribe in the middle of a flood', async () => {
    await withEngine({}, async ({ engine }) => {
      let lines = 0;
      const run = engine.execute({ command: shell('seq 300000') });
      const subscription = run.stdout$.subscribe(() => {
        if (++lines === 1_000) subscription.unsubscribe();
      });
      const { output } = await run.result;
      expect(lines).to.equal(1_000);
      expect(output.stdoutBytes).to.equal(1_988_895);
    });
  });

  it('is refused new work inside an end that stop() brought about, and stop() still comes to its end', async () => {
    await withEngine({ maxConcurrentExecutions: 2 }, async ({ engine }) => {
      const refusals: unknown[] = [];
      engine.events$.subscribe((event) => {
        if (!('result' in event)) return;
        try {
          engine.execute({ command: exec('true') });
        } catch (error) {
          refusals.push(error);
        }
        void engine.stop();
      });
      const runs = Array.from({ length: 6 }, () => engine.run({ command: exec('sleep', '60') }));
      await until('two run', () => engine.listExecutions({ status: 'running' }).length === 2);
      await engine.stop();
      const codes = (await Promise.all(runs)).map(({ error }) => error?.code);
      expect(codes).to.deep.equal(runs.map(() => 'ENGINE_STOPPED'));
      expect(refusals).to.have.length(6);
      for (const refusal of refusals) expect(refusal).to.be.instanceOf(EngineStoppedError);
    });
  });
});
