import { expect } from 'chai';
import {
  ConcurrencyLimitReachedError,
  ConfigurationError,
  EngineStoppedError,
  EngineUnhealthyError,
  ExecutionError,
  LogReadError,
  NotFinishedError,
  NotFoundError,
  NotRunningError,
  QueueFullError,
  ValidationError,
} from '#lib/actors/protocol/errors.js';

const problem = { path: 'command.args[2]', expected: 'a string', received: '5' };

const errors: Array<[ExecutionError, code: string, says: RegExp]> = [
  [new ValidationError([problem]), 'VALIDATION_ERROR', /command\.args\[2\]: expected a string, got 5/],
  [new ConfigurationError([problem]), 'CONFIGURATION_ERROR', /command\.args\[2\]: expected a string, got 5/],
  [new ConcurrencyLimitReachedError(7), 'CONCURRENCY_LIMIT_REACHED', /All 7 slots.*maxConcurrentExecutions/],
  [new QueueFullError(9), 'QUEUE_FULL', /holds 9 executions.*maxQueuedExecutions/],
  [new EngineStoppedError(), 'ENGINE_STOPPED', /createEngine\(\)/],
  [new EngineUnhealthyError('threads die'), 'ENGINE_UNHEALTHY', /threads die.*health\$/],
  [new NotFoundError('abc'), 'NOT_FOUND', /No execution abc/],
  [new NotRunningError('abc', 'has ended'), 'NOT_RUNNING', /Execution abc has ended/],
  [new NotFinishedError('abc', 'running'), 'NOT_FINISHED', /abc is running.*wait\(id\)/],
  [new LogReadError('abc', '/logs/abc.log', 'EIO'), 'LOG_READ_FAILED', /abc at \/logs\/abc\.log.*EIO/],
];

describe('errors', () => {
  for (const [error, code, says] of errors) {
    it(`${error.constructor.name} has the stable code ${code} and a message that says what to do`, () => {
      expect(error).to.be.instanceOf(ExecutionError).and.instanceOf(Error);
      expect(error.code).to.equal(code);
      expect(error.name).to.equal(error.constructor.name);
      expect(error.message).to.match(says);
      expect(String(error)).to.match(new RegExp(`^${error.constructor.name}: `));
    });
  }

  it('have codes of their own', () => {
    expect(new Set(errors.map(([{ code }]) => code)).size).to.equal(errors.length);
  });

  it('name every problem of an input, and the input itself where that is wrong', () => {
    const problems = [problem, { path: '', expected: 'an object', received: 'null' }];
    const error = new ValidationError(problems);
    expect(error.problems).to.deep.equal(problems);
    expect(error.message).to.contain('command.args[2]: expected').and.contain('(input): expected an object, got null');
  });

  it('keep their cause', () => {
    const cause = new Error('EACCES');
    expect(new LogReadError('abc', '/x', 'EACCES', { cause }).cause).to.equal(cause);
    expect(new ConfigurationError([problem], { cause }).cause).to.equal(cause);
  });

  it('carry what they are about', () => {
    expect(new NotFoundError('abc').id).to.equal('abc');
    expect(new NotRunningError('abc', 'x').id).to.equal('abc');
    expect(new NotFinishedError('abc', 'x').id).to.equal('abc');
    expect(new LogReadError('abc', '/x', 'EIO').id).to.equal('abc');
    expect(new ConfigurationError([problem]).problems).to.deep.equal([problem]);
    expect(new QueueFullError(9).limit).to.equal(9);
    expect(new ConcurrencyLimitReachedError(7).limit).to.equal(7);
    expect(new LogReadError('abc', '/x', 'EIO').path).to.equal('/x');
  });
});
