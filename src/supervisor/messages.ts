import type { WorkerEvent } from '../actors/protocol/wire.js';
import type { ExecutionRecord } from './record.js';
import type { WorkerLink } from './worker-link.js';

/** Everything the supervisor handles in its mailbox. */
export type SupervisorMessage =
  /** Someone holds a permit, or a worker has become free to take work. */
  | { type: 'dispatch' }
  /** A caller wants this execution ended. */
  | { type: 'cancel'; record: ExecutionRecord; reason: string }
  /** It has waited for a slot as long as it may. */
  | { type: 'queue_expired'; record: ExecutionRecord }
  /** The pause before its next attempt is over. */
  | { type: 'retry_due'; record: ExecutionRecord }
  /** Something happened to an attempt. */
  | { type: 'worker_event'; link: WorkerLink; event: WorkerEvent }
  /** The engine stops: end whatever has not ended. */
  | { type: 'end_all' }
  | WorkforceMessage;

/** What concerns the worker threads themselves. */
export type WorkforceMessage =
  /** A worker thread is up. */
  | { type: 'worker_ready'; seat: number; link: WorkerLink }
  /** A worker thread did not come up. */
  | { type: 'worker_failed'; seat: number; reason: string }
  /** A worker thread has ended. Comes after everything it said. */
  | { type: 'worker_lost'; link: WorkerLink; reason: string }
  /** The backoff of a seat is over. */
  | { type: 'restart_due'; seat: number }
  /** Giving up has lasted long enough; workers may be started again. */
  | { type: 'recovery_due' };
