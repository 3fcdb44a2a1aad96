import type { Command, ExecutionEngine, ExecutionResult } from 'execrx';
import { defer, filter, ignoreElements, map, merge, type Observable, take, tap } from 'rxjs';
import type { Job } from './jobs.js';

export interface Outcome {
  kind: string;
  /** The command as one would type it. */
  label: string;
  result: ExecutionResult;
}

/** Runs a job when subscribed to. Emits once, however it ends; one that has said what it was asked for is cancelled. */
export function outcomeOf(engine: ExecutionEngine, { kind, request, until }: Job): Observable<Outcome> {
  return defer(() => {
    const execution = engine.execute(request);
    const enough$ = execution.stdout$.pipe(
      filter((line) => until?.test(line) ?? false),
      take(1),
      tap(() => execution.cancel('it has said enough')),
      ignoreElements(),
    );
    return merge(enough$, execution.result).pipe(map((result) => ({ kind, label: labelOf(request.command), result })));
  });
}

function labelOf(command: Command): string {
  switch (command.type) {
    case 'exec':
      return [command.program, ...(command.args ?? [])].join(' ');
    case 'shell':
      return command.command;
    case 'script':
      return [command.path, ...(command.args ?? [])].join(' ');
    case 'aws_cli':
      return ['aws', command.service, command.operation].join(' ');
  }
}
