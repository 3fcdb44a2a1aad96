import { expect } from 'chai';
import { exec, shell } from 'execrx';
import { useEngines } from '../support/engine.js';
import { collect, ofType, typesOf } from '../support/events.js';
import { eventually } from '../support/eventually.js';

describe('execute', () => {
  const makeEngine = useEngines();

  it('returns an execution at once, while nothing has run', async () => {
    const engine = makeEngine();
    await engine.ready();
    const run = engine.execute({ command: exec('true') });
    expect(run.id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(run.status).to.equal('pending');
    expect((await run.result).id).to.equal(run.id);
    expect(run.status).to.equal('completed');
  });

  it('uses the id of the request', async () => {
    const id = '5f3a2c1e-8d4b-4a6f-9e7c-0b1d2e3f4a5b';
    const run = makeEngine().execute({ id, command: exec('true') });
    expect(run.id).to.equal(id);
    expect((await run.result).id).to.equal(id);
  });

  it('lets a subscriber attached right after the call miss nothing, with cold threads and with warm ones', async () => {
    const engine = makeEngine();
    for (const _ of ['cold', 'warm']) {
      const run = engine.execute({ command: shell('echo out; echo err >&2') });
      const events = collect(run.events$);
      const output = collect(run.output$);
      const stdout = collect(run.stdout$);
      const stderr = collect(run.stderr$);
      await Promise.all([events.done, output.done, stdout.done, stderr.done]);
      const types = typesOf(events.values);
      expect([types[0], types[1], types.at(-1)]).to.deep.equal(['queued', 'started', 'completed']);
      expect(types.slice(2, -1)).to.have.members(['stdout', 'stderr']);
      expect(output.values.map(({ stream, line }) => `${stream} ${line}`)).to.have.members([
        'stdout out',
        'stderr err',
      ]);
      expect(stdout.values).to.deep.equal(['out']);
      expect(stderr.values).to.deep.equal(['err']);
    }
  });

  it('emits no event before the synchronous code of the caller has ended', async () => {
    const engine = makeEngine();
    await engine.ready();
    const before = collect(engine.events$);
    const run = engine.execute({ command: exec('true') });
    const busyUntil = performance.now() + 150;
    while (performance.now() < busyUntil);
    expect(before.values).to.deep.equal([]);
    const after = collect(engine.events$);
    await run.result;
    expect(typesOf(before.values)).to.deep.equal(['queued', 'started', 'completed']);
    expect(typesOf(after.values)).to.deep.equal(['queued', 'started', 'completed']);
  });

  it('stamps every event with a time and the id, and never goes back in time within one execution', async () => {
    const engine = makeEngine();
    const from = Date.now();
    const run = engine.execute({ command: exec('seq', '3') });
    const events = await collect(run.events$).done;
    expect(events).to.have.length(6);
    for (const event of events) {
      expect(event.executionId).to.equal(run.id);
      expect(event.timestamp).to.be.within(from, Date.now());
    }
    const times = events.map(({ timestamp }) => timestamp);
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
  });

  it('says in `started` what runs, as which process, for which time', async () => {
    const command = exec('sh', '-c', 'echo $$');
    const run = makeEngine().execute({ command });
    const [started] = ofType(await collect(run.events$).done, 'started');
    const { stdout, pid } = await run.result;
    expect(started).to.deep.include({ command, attempt: 1, pid: Number(stdout) });
    expect(pid).to.equal(Number(stdout));
  });

  it('replays the lifecycle, but not the output, to one who subscribes after the end, and completes', async () => {
    const run = makeEngine().execute({ command: exec('seq', '3') });
    const result = await run.result;
    const late = collect(run.events$);
    expect(late.completed).to.equal(true);
    expect(typesOf(late.values)).to.deep.equal(['queued', 'started', 'completed']);
    expect(ofType(late.values, 'completed')[0]?.result).to.deep.equal(result);
    for (const stream of [run.output$, run.stdout$, run.stderr$]) {
      const lines = collect<unknown>(stream);
      expect(lines.completed).to.equal(true);
      expect(lines.values).to.deep.equal([]);
    }
  });

  it('replays what has been so far to one who subscribes while it runs, and goes on live', async () => {
    const run = makeEngine().execute({ command: exec('cat'), stdin: { pipe: true } });
    await eventually('it runs', () => run.status === 'running');
    const late = collect(run.events$);
    expect(typesOf(late.values)).to.deep.equal(['queued', 'started']);
    await run.write('hello\n');
    run.end();
    await late.done;
    expect(typesOf(late.values)).to.deep.equal(['queued', 'started', 'stdout', 'completed']);
  });

  it('hands out the same outcome as promise, event, and answer to a question', async () => {
    const engine = makeEngine();
    const run = engine.execute({ command: shell('exit 3') });
    const events = collect(run.events$);
    const result = await run.result;
    expect(await engine.wait(run.id)).to.equal(result);
    expect(engine.getResult(run.id)).to.equal(result);
    expect(ofType(await events.done, 'failed')[0]).to.deep.include({ result, error: result.error });
  });

  it('shows every execution on the stream of the engine, and each on its own', async () => {
    const engine = makeEngine();
    const all = collect(engine.events$);
    const runs = ['a', 'b', 'c'].map((word) => engine.execute({ command: exec('echo', word) }));
    const own = await Promise.all(runs.map((run) => collect(run.events$).done));
    for (const [index, run] of runs.entries()) {
      expect(own[index]).to.have.length(4);
      expect(all.values.filter(({ executionId }) => executionId === run.id)).to.deep.equal(own[index]);
    }
    expect(all.values).to.have.length(12);
    expect(all.completed).to.equal(false);
  });
});
