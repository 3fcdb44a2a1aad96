import { config as rxjs } from 'rxjs';
import type { Logger } from '../actors/protocol/config.js';
import type { ExecutionEvent } from '../actors/protocol/event.js';
import type { PlanEvent } from '../actors/protocol/plan.js';

/** For those who come from callbacks. A promise that rejects is reported like an error thrown by any subscriber. */
export interface EventHandler {
  handleEvent(event: ExecutionEvent): void | Promise<void>;
}

/** Does nothing with any event. */
export const noopHandler: EventHandler = { handleEvent() {} };

/**
 * Logs lifecycle events at `info`, bad ends at `warn` and output at `debug`, in pino's argument order. Of results the text is not
 * logged, of commands only their kind.
 */
export function loggingHandler(logger: Logger): EventHandler {
  return {
    handleEvent(event) {
      if ('planId' in event) return logPlan(logger, event);
      const { type, timestamp: _, ...details } = event;
      if (!('result' in details)) {
        const level = type === 'stdout' || type === 'stderr' ? 'debug' : 'info';
        return logger[level](withoutCommand(details), `execution ${type}`);
      }
      const { exitCode, signal, durationMs, attempts, error } = details.result;
      const summary = { executionId: details.executionId, exitCode, signal, durationMs, attempts, error };
      logger[type === 'completed' ? 'info' : 'warn'](summary, `execution ${type}`);
    },
  };
}

/** Of a plan's result the counts, for its executions have been logged one by one; of what runs nothing: it may be a command with its arguments. */
function logPlan(logger: Logger, event: PlanEvent): void {
  const { planId } = event;
  switch (event.type) {
    case 'plan_started':
      return logger.info({ planId, total: event.total }, 'plan started');
    case 'progress':
      return logger.debug({ planId, completed: event.completed, total: event.total }, 'plan progress');
    case 'plan_finished': {
      const { status, totalDurationMs, stats } = event.result;
      const level = status === 'completed' ? 'info' : 'warn';
      return logger[level]({ planId, status, totalDurationMs, stats }, 'plan finished');
    }
  }
}

/** Passes each event to every handler, in order. One that throws or rejects keeps no other from it; then the errors are thrown on. */
export function multiHandler(...handlers: EventHandler[]): EventHandler {
  return {
    async handleEvent(event) {
      const outcomes = await Promise.allSettled(handlers.map(async (handler) => handler.handleEvent(event)));
      const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
      if (errors.length === 1) throw errors[0];
      if (errors.length > 1) throw new AggregateError(errors, `${errors.length} event handlers failed`);
    },
  };
}

/** Passes an event to a handler. A promise that rejects is reported where RxJS puts what nobody handles. */
export function handOver(event: ExecutionEvent, handler: EventHandler): void {
  const outcome = handler.handleEvent(event);
  if (outcome instanceof Promise) outcome.catch(reportUnhandled);
}

function reportUnhandled(error: unknown): void {
  setTimeout(() => {
    if (!rxjs.onUnhandledError) throw error;
    rxjs.onUnhandledError(error);
  });
}

/** Arguments may hold secrets; the log gets the kind of the command only. */
function withoutCommand(details: object): object {
  if (!('command' in details)) return details;
  const { command, ...rest } = details as { command: { type: string } };
  return { ...rest, command: command.type };
}
