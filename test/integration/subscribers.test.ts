import { expect } from 'chai';
import { type ExecutionEvent, exec } from 'execrx';
import { map, Observable, take } from 'rxjs';
import { useEngines } from '../support/engine.js';
import { collect, typesOf } from '../support/events.js';
import { eventually } from '../support/eventually.js';
import { useUnhandledErrors } from '../support/unhandled-errors.js';

describe('a subscriber that throws', () => {
  const makeEngine = useEngines();
  const unhandled = useUnhandledErrors();

  it('disturbs no other, nor the engine; its error goes where RxJS puts unhandled ones', async () => {
    const engine = makeEngine();
    const before = collect(engine.events$);
    engine.events$.subscribe(() => {
      throw new Error('mine');
    });
    const after = collect(engine.events$);
    const run = engine.execute({ command: exec('echo', 'hi') });
    run.events$.subscribe(() => {
      throw new Error('own');
    });
    run.stdout$.subscribe(() => {
      throw new Error('line');
    });
    const own = collect(run.events$);
    expect((await run.result).status).to.equal('completed');
    const expected = ['queued', 'started', 'stdout', 'completed'];
    for (const { values } of [before, after, own]) expect(typesOf(values)).to.deep.equal(expected);
    await eventually('all errors are reported', () => unhandled.messages.length === 9);
    const wanted = ['line', ...Array(4).fill('mine'), ...Array(4).fill('own')];
    expect(unhandled.messages.sort()).to.deep.equal(wanted);
    expect(unhandled.stacks.filter((stack) => stack.includes('/dist/index.js'))).to.deep.equal([]);
    expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
    expect(before.errored || after.errored).to.equal(false);
  });

  it('on the other streams of the engine disturbs it as little', async () => {
    const engine = makeEngine();
    let calls = 0;
    const fail = () => {
      calls++;
      throw new Error('mine');
    };
    const streams: Array<Observable<unknown>> = [
      engine.stats$,
      engine.concurrency$,
      engine.health$,
      engine.deadLetters$,
    ];
    for (const stream of streams) stream.subscribe(fail);
    const stats = collect(engine.stats$);
    const run = engine.execute({ command: exec('true') });
    run.cancel();
    run.cancel();
    await run.result;
    expect((await engine.run({ command: exec('true') })).status).to.equal('completed');
    expect(stats.values.at(-1)).to.include({ total: 2, completed: 1, cancelled: 1 });
    await engine.stop();
    await eventually('all errors are reported', () => unhandled.messages.length === calls);
    expect(calls).to.be.above(4);
  });

  it('in an operator ends its own stream only', async () => {
    const engine = makeEngine();
    const broken = collect(
      engine.events$.pipe(
        map((event): ExecutionEvent => {
          if (event.type === 'started') throw new Error('mine');
          return event;
        }),
      ),
    );
    const whole = collect(engine.events$);
    await engine.run({ command: exec('true') });
    await engine.run({ command: exec('true') });
    expect([broken.errored, typesOf(broken.values)]).to.deep.equal([true, ['queued']]);
    expect(whole.values).to.have.length(6);
    expect(whole.errored).to.equal(false);
  });
});

describe('a subscriber that leaves', () => {
  const makeEngine = useEngines();

  it('hears nothing more; the execution goes on', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('seq', '3') });
    const few = collect(run.stdout$.pipe(take(2)));
    const all = collect(run.stdout$);
    expect(await few.done).to.deep.equal(['1', '2']);
    expect((await run.result).stdout).to.equal('1\n2\n3\n');
    expect(all.values).to.deep.equal(['1', '2', '3']);
  });

  it('may come back, and hears what comes from then on', async () => {
    const run = makeEngine().execute({ command: exec('cat'), stdin: { pipe: true } });
    const first = collect(run.stdout$);
    await run.write('one\n');
    await eventually('one is here', () => first.values.length === 1);
    first.unsubscribe();
    await eventually('it runs without listeners', () => run.status === 'running');
    const second = collect(run.stdout$);
    await run.write('two\n');
    run.end();
    expect(await second.done).to.include('two');
    expect(first.values).to.deep.equal(['one']);
  });
});

describe('the streams', () => {
  const makeEngine = useEngines();

  it("are Observables of the app's own RxJS, so that its operators, its checks and its configuration hold", () => {
    const engine = makeEngine();
    const run = engine.execute({ command: exec('true') });
    const plan = engine.executePlan({ strategy: { type: 'serial' }, commands: [{ command: exec('true') }] });
    const ofEngine = [engine.events$, engine.stats$, engine.concurrency$, engine.health$, engine.deadLetters$];
    const ofRun = [run.events$, run.output$, run.stdout$, run.stderr$, run.chunks$];
    for (const stream$ of [...ofEngine, ...ofRun, plan.events$, plan.progress$]) {
      expect(stream$).to.be.instanceOf(Observable);
    }
  });
});
