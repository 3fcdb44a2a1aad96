import type { ExecutionEngine, ExecutionEvent } from '../../index.js';
import type { Sink } from './sink.js';

/** Writes every event of an engine as one line of JSON, with what `noteOn` has to say of it. */
export function writeEvents(
  { events$ }: Pick<ExecutionEngine, 'events$'>,
  sink: Sink,
  noteOn: (event: ExecutionEvent) => object = () => ({}),
): void {
  events$.subscribe((event) => sink.write(`${JSON.stringify({ ...event, ...noteOn(event) })}\n`));
}
