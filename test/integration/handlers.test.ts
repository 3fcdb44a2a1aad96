import { expect } from 'chai';
import { type EventHandler, exec, loggingHandler, multiHandler, noopHandler, shell, ValidationError } from 'execrx';
import { useEngines } from '../support/engine.js';
import { eventually } from '../support/eventually.js';
import { thrownBy } from '../support/rejection.js';
import { useUnhandledErrors } from '../support/unhandled-errors.js';

function recorder(): EventHandler & { types: string[] } {
  const types: string[] = [];
  return { types, handleEvent: ({ type }) => void types.push(type) };
}

const ECHO = ['queued', 'started', 'stdout', 'completed'];

describe('subscribe', () => {
  const makeEngine = useEngines();
  const unhandled = useUnhandledErrors();

  it('passes every event to the handler, until it is unsubscribed', async () => {
    const engine = makeEngine();
    const handler = recorder();
    const subscription = engine.subscribe(handler);
    await engine.run({ command: exec('echo', 'hi') });
    expect(handler.types).to.deep.equal(ECHO);
    subscription.unsubscribe();
    await engine.run({ command: exec('echo', 'hi') });
    expect(handler.types).to.deep.equal(ECHO);
  });

  it('calls the handler as a method of its object', async () => {
    class Counter implements EventHandler {
      count = 0;
      handleEvent(): void {
        this.count++;
      }
    }
    const engine = makeEngine();
    const counter = new Counter();
    engine.subscribe(counter);
    await engine.run({ command: exec('true') });
    expect(counter.count).to.equal(3);
  });

  it('is refused when it is no handler', () => {
    const engine = makeEngine();
    for (const handler of [{}, null, () => {}, { handleEvent: 'x' }]) {
      const error = thrownBy(() => engine.subscribe(handler as never));
      expect(error).to.be.instanceOf(ValidationError);
      expect((error as Error).message).to.match(/handler: expected an object with the method handleEvent/);
    }
  });

  it('ends with the engine', async () => {
    const engine = makeEngine();
    const subscription = engine.subscribe(noopHandler);
    await engine.stop();
    expect(subscription.closed).to.equal(true);
  });

  it('keeps a handler that throws or rejects from disturbing anyone, and reports its error', async () => {
    const engine = makeEngine();
    const before = recorder();
    const after = recorder();
    engine.subscribe(before);
    engine.subscribe({
      handleEvent() {
        throw new Error('thrown');
      },
    });
    engine.subscribe({ handleEvent: () => Promise.reject(new Error('rejected')) });
    engine.subscribe(after);
    await engine.run({ command: exec('echo', 'hi') });
    expect([before.types, after.types]).to.deep.equal([ECHO, ECHO]);
    await eventually('all is reported', () => unhandled.messages.length === 8);
    expect(unhandled.messages.sort()).to.deep.equal([...Array(4).fill('rejected'), ...Array(4).fill('thrown')]);
  });
});

describe('multiHandler', () => {
  const makeEngine = useEngines();
  const unhandled = useUnhandledErrors();

  it('passes each event to every handler, in their order', async () => {
    const engine = makeEngine();
    const calls: string[] = [];
    const named = (name: string): EventHandler => ({ handleEvent: ({ type }) => void calls.push(`${name} ${type}`) });
    engine.subscribe(multiHandler(named('a'), noopHandler, named('b')));
    await engine.run({ command: exec('true') });
    const types = ['queued', 'started', 'completed'];
    expect(calls).to.deep.equal(types.flatMap((type) => [`a ${type}`, `b ${type}`]));
  });

  it('keeps one that fails from no other, and reports what failed', async () => {
    const engine = makeEngine();
    const last = recorder();
    const failing: EventHandler = {
      handleEvent() {
        throw new Error('first');
      },
    };
    const rejecting: EventHandler = { handleEvent: () => Promise.reject(new Error('second')) };
    engine.subscribe(multiHandler(failing, rejecting, last));
    await engine.run({ command: exec('true') });
    expect(last.types).to.deep.equal(['queued', 'started', 'completed']);
    await eventually('all is reported', () => unhandled.messages.length === 3);
    const { errors } = unhandled.errors[0] as AggregateError;
    expect(errors.map((error: Error) => error.message)).to.deep.equal(['first', 'second']);
  });
});

describe('loggingHandler', () => {
  const makeEngine = useEngines();

  it("logs in pino's argument order: lifecycle at info, bad ends at warn, output at debug; no text of results", async () => {
    const calls: Array<{ level: string; details: object; message: string }> = [];
    const at = (level: string) => (details: object, message: string) => void calls.push({ level, details, message });
    const logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
    const engine = makeEngine();
    engine.subscribe(loggingHandler(logger));
    const good = await engine.run({ command: shell('echo line') });
    const bad = await engine.run({ command: shell('exit 3 # secret') });
    expect(calls.map(({ level, message }) => [level, message])).to.deep.equal([
      ['info', 'execution queued'],
      ['info', 'execution started'],
      ['debug', 'execution stdout'],
      ['info', 'execution completed'],
      ['info', 'execution queued'],
      ['info', 'execution started'],
      ['warn', 'execution failed'],
    ]);
    for (const { details } of calls.slice(0, 4)) expect(details).to.include({ executionId: good.id });
    expect(calls.at(-1)?.details).to.include({ executionId: bad.id, exitCode: 3 });
    expect(calls[2]?.details).to.include({ line: 'line' });
    expect(JSON.stringify(calls.filter(({ level }) => level !== 'debug'))).not.to.match(/echo line|secret/);
  });
});
