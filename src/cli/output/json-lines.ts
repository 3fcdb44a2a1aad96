import type { ExecutionEngine } from '../../index.js';
import type { Sink } from './sink.js';

/** Writes every event of an engine as one line of JSON. */
export function writeEvents({ events$ }: Pick<ExecutionEngine, 'events$'>, sink: Sink): void {
  events$.subscribe((event) => sink.write(`${JSON.stringify(event)}\n`));
}
