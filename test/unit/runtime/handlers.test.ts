import { expect } from 'chai';
import type { ExecutionEvent } from '#dist/actors/protocol/event.js';
import { type EventHandler, loggingHandler, multiHandler, noopHandler } from '#dist/runtime/handlers.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { finished, queued, started } from '../../support/transitions.js';

const { event } = queued();
const handling = (handle: (event: ExecutionEvent) => void | Promise<void>): EventHandler => ({ handleEvent: handle });

describe('noopHandler', () => {
  it('does nothing', () => {
    expect(noopHandler.handleEvent(event)).to.equal(undefined);
  });
});

describe('loggingHandler', () => {
  function log(...events: ExecutionEvent[]) {
    const logger = new RecordingLogger();
    const handler = loggingHandler(logger);
    for (const one of events) handler.handleEvent(one);
    return logger.entries;
  }

  it('logs the steps of an execution at info, details first', () => {
    expect(log(event)).to.deep.equal([
      { level: 'info', details: { executionId: 'an id' }, message: 'execution queued' },
    ]);
  });

  it('logs what kind of command was started, and none of its arguments', () => {
    const [entry] = log(started('pending').event);
    expect(entry?.details).to.deep.equal({ executionId: 'an id', pid: 7, command: 'exec', attempt: 1 });
  });

  it('logs output at debug', () => {
    const output = { type: 'stdout', line: 'text', timestamp: 1, executionId: 'an id' } as const;
    const [stdout, stderr] = log(output, { ...output, type: 'stderr' });
    expect(stdout).to.deep.equal({
      level: 'debug',
      details: { executionId: 'an id', line: 'text' },
      message: 'execution stdout',
    });
    expect(stderr?.level).to.equal('debug');
  });

  it('logs a good end at info and every other at warn, without the text of the result', () => {
    const ends = (['completed', 'failed', 'cancelled', 'timeout'] as const).map((status) => {
      return finished('running', status, { stdout: 'a secret' }).event;
    });
    const entries = log(...ends);
    expect(entries.map(({ level }) => level)).to.deep.equal(['info', 'warn', 'warn', 'warn']);
    expect(entries.map(({ message }) => message)).to.deep.equal([
      'execution completed',
      'execution failed',
      'execution cancelled',
      'execution timeout',
    ]);
    expect(JSON.stringify(entries)).to.not.contain('a secret');
    expect(entries[1]?.details).to.have.all.keys(
      'executionId',
      'exitCode',
      'signal',
      'durationMs',
      'attempts',
      'error',
    );
  });
});

describe('loggingHandler, of a plan,', () => {
  it('logs its start, its progress and how it ended, and neither commands nor results', () => {
    const base = { planId: 'a plan', timestamp: 1 };
    const stats = { total: 1, completed: 0, failed: 1, cancelled: 0, timeout: 0 };
    const result = { planId: 'a plan', status: 'failed', results: [], totalDurationMs: 5, stats } as const;
    const logger = new RecordingLogger();
    const handler = loggingHandler(logger);
    handler.handleEvent({ type: 'plan_started', ...base, total: 1 });
    handler.handleEvent({ type: 'progress', ...base, completed: 1, total: 1, currentCommand: 'login --password x' });
    handler.handleEvent({ type: 'plan_finished', ...base, result: { ...result, results: [] } });
    handler.handleEvent({ type: 'plan_finished', ...base, result: { ...result, status: 'completed', results: [] } });
    const { results: _, ...told } = result;
    expect(logger.entries).to.deep.equal([
      { level: 'info', details: { planId: 'a plan', total: 1 }, message: 'plan started' },
      { level: 'debug', details: { planId: 'a plan', completed: 1, total: 1 }, message: 'plan progress' },
      { level: 'warn', details: told, message: 'plan finished' },
      { level: 'info', details: { ...told, status: 'completed' }, message: 'plan finished' },
    ]);
  });
});

describe('multiHandler', () => {
  it('passes each event to every handler, in order and before it returns', () => {
    const seen: string[] = [];
    const handler = multiHandler(
      handling(() => void seen.push('first')),
      handling(async () => void seen.push('second')),
      handling(() => void seen.push('third')),
    );
    void handler.handleEvent(event);
    expect(seen).to.deep.equal(['first', 'second', 'third']);
  });

  it('waits for those that return a promise', async () => {
    let done = false;
    await multiHandler(
      handling(async () => {
        await new Promise(setImmediate);
        done = true;
      }),
    ).handleEvent(event);
    expect(done).to.equal(true);
  });

  it('keeps no handler from an event because another throws or rejects, and throws on what one threw', async () => {
    const bug = new Error('bug');
    const seen: string[] = [];
    const throwing = handling(() => {
      throw bug;
    });
    const after = handling(() => void seen.push('after'));
    const outcome = await Promise.resolve(multiHandler(throwing, after).handleEvent(event)).catch((error) => error);
    expect(outcome).to.equal(bug);
    expect(seen).to.deep.equal(['after']);
  });

  it('throws what several threw as one error that holds them all', async () => {
    const bugs = [new Error('one'), new Error('two')];
    const handler = multiHandler(
      handling(() => {
        throw bugs[0];
      }),
      handling(async () => {
        throw bugs[1];
      }),
    );
    const outcome = await Promise.resolve(handler.handleEvent(event)).catch((error) => error);
    expect(outcome).to.be.instanceOf(AggregateError).with.deep.property('errors', bugs);
  });

  it('does nothing without handlers', async () => {
    expect(await multiHandler().handleEvent(event)).to.equal(undefined);
  });
});
