import type { OutputEvent } from '../actors/protocol/event.js';
import type { OutputLine } from '../actors/protocol/execution.js';
import type { AttemptEvent } from '../actors/protocol/wire.js';

type OutputBlock = Extract<AttemptEvent, { type: 'output' }>;

interface Sink<T> {
  next(value: T): void;
}

/** Who wants the lines of a block, and in which form; none or `null`: nobody in this one. */
export interface LineSinks {
  events: ReadonlyArray<Sink<OutputEvent>>;
  lines: Sink<OutputLine> | null;
  text: Sink<string> | null;
}

/** One string becomes lines here, and only the objects that someone wants are made. */
export function deliverLines(executionId: string, block: OutputBlock, sinks: LineSinks): void {
  const { text, stream, at: timestamp } = block;
  if (sinks.events.length === 0 && !sinks.lines && !sinks.text) return;
  if (block.partial) return deliverLine(text, { executionId, stream, timestamp, partial: true }, sinks);
  const common = { executionId, stream, timestamp };
  for (let start = 0; ; ) {
    const end = text.indexOf('\n', start);
    if (end === -1) return deliverLine(text.slice(start), common, sinks);
    deliverLine(text.slice(start, end), common, sinks);
    start = end + 1;
  }
}

interface LineContext {
  executionId: string;
  stream: OutputLine['stream'];
  timestamp: number;
  partial?: true;
}

function deliverLine(line: string, { executionId, stream, timestamp, partial }: LineContext, sinks: LineSinks): void {
  if (sinks.events.length > 0) {
    const event: OutputEvent = { type: stream, executionId, timestamp, line };
    if (partial) event.partial = partial;
    for (const sink of sinks.events) sink.next(event);
  }
  if (sinks.lines) sinks.lines.next(partial ? { stream, line, timestamp, partial } : { stream, line, timestamp });
  sinks.text?.next(line);
}
