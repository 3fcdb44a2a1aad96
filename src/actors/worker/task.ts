import type { TerminationCause } from '../protocol/execution.js';
import type { Job } from '../protocol/wire.js';

/** What a worker has under way for one `ref`. Tells of its end once, and of nothing after it. */
export interface Task {
  readonly job: Job;
  start(): Promise<void>;
  terminate(cause: TerminationCause): void;
  write(data: string | Uint8Array, sequence: number): void;
  endInput(): void;
  credit(bytes: number): void;
  listen(mask: number): void;
  listenAll(on: boolean): void;
}
