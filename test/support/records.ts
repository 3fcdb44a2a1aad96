import { randomUUID } from 'node:crypto';
import type { ExecutionResult, TerminalStatus } from '#lib/actors/protocol/execution.js';
import { ExecutionRecord } from '#lib/supervisor/record.js';
import type { Submission } from '#lib/supervisor/submission.js';
import type { WorkerLink } from '#lib/supervisor/worker-link.js';
import { resultWith } from './protocol.js';

export function submissionWith(fields: Partial<Submission> = {}): Submission {
  return {
    id: randomUUID(),
    command: { type: 'exec', program: 'true' },
    planId: null,
    program: 'true',
    args: [],
    env: {},
    inheritEnv: true,
    cwd: '/',
    stdin: { type: 'none' },
    batch: null,
    timeoutMs: 60_000,
    queueTimeoutMs: null,
    idleTimeoutMs: null,
    priority: 0,
    retry: null,
    maxOutputSizeBytes: 1_000,
    oversizedOutputStrategy: 'truncate_with_warning',
    tags: {},
    ...fields,
  };
}

export function recordWith(fields: Partial<Submission> = {}, onInterest: () => void = () => {}): ExecutionRecord {
  return new ExecutionRecord(submissionWith(fields), 1_000, '/logs/x.log', onInterest);
}

/** Gives a record its end, as the lifecycle does. */
export function endRecord(
  record: ExecutionRecord,
  status: TerminalStatus,
  fields: Partial<ExecutionResult> = {},
): void {
  record.status = status;
  record.result = resultWith({ id: record.id, status, ...fields });
}

export interface FakeLink {
  load: number;
  readonly credits: Array<{ ref: number; bytes: number; memory?: ArrayBuffer }>;
  readonly sent: unknown[];
  readonly busy: boolean[];
}

/** Stands in for the main thread's end of a worker: it only keeps what it is told. */
export function fakeLink(load = 0): FakeLink & WorkerLink {
  const credits: FakeLink['credits'] = [];
  const sent: unknown[] = [];
  const link = {
    load,
    credits,
    sent,
    busy: [] as boolean[],
    credit(ref: number, bytes: number, memory?: ArrayBuffer) {
      credits.push(memory ? { ref, bytes, memory } : { ref, bytes });
    },
    send: (input: unknown) => sent.push(input),
    setBusy: (busy: boolean) => link.busy.push(busy),
  };
  return link as unknown as FakeLink & WorkerLink;
}
