import { EngineUnhealthyError } from '../actors/protocol/errors.js';
import type { Failure, FailureCode } from '../actors/protocol/execution.js';
import type { WorkerBorn, WorkerNews } from '../actors/protocol/wire.js';
import type { Announcer } from './announcer.js';
import type { Dispatcher } from './dispatcher.js';
import type { ExecutionLifecycle } from './lifecycle.js';
import type { WorkforceMessage } from './messages.js';
import type { Registry } from './registry.js';
import type { WorkerLink } from './worker-link.js';
import type { Workforce } from './workforce.js';

/** What the coming and going of worker threads means for executions. */
export class WorkerSupervision {
  constructor(
    private readonly workforce: Workforce,
    private readonly dispatcher: Dispatcher,
    private readonly lifecycle: ExecutionLifecycle,
    private readonly registry: Registry,
    private readonly announcer: Announcer,
  ) {}

  handle(message: WorkforceMessage): void {
    const { crew } = this.workforce;
    switch (message.type) {
      case 'worker_ready':
        this.#logReady(message.link.born);
        return this.workforce.seated(message.seat, message.link);
      case 'worker_failed':
        this.announcer.log('warn', { reason: message.reason }, 'worker thread did not start');
        crew.failed(message.seat, message.reason);
        return this.#failUnassignedIfUnhealthy();
      case 'worker_lost':
        return this.#lost(message.link, message.reason);
      case 'restart_due':
        return crew.restart(message.seat);
      case 'recovery_due':
        crew.recover();
        return crew.staff(1);
    }
  }

  hear(link: WorkerLink, news: WorkerNews): void {
    const { threadId: worker } = link;
    if (news.type === 'notice') return this.announcer.log(news.level, { worker }, news.message);
    const { spawner, reason } = news;
    link.born = { ...link.born, spawner, reason };
    this.announcer.log(reason === null ? 'info' : 'warn', { worker, spawner, reason }, 'another spawner is in use');
  }

  #logReady({ threadId: worker, spawner, reason }: WorkerBorn): void {
    if (reason === null) this.announcer.log('debug', { worker, spawner }, 'worker thread ready');
    else this.announcer.log('warn', { worker, spawner, reason }, 'worker thread ready, without a launcher');
  }

  /** Each execution on a lost worker ends once and is not run again: commands have side effects. */
  #lost(link: WorkerLink, reason: string): void {
    const records = this.dispatcher.assignedTo(link);
    const groups = this.workforce.lost(link, reason);
    if (!this.workforce.stopping || records.length > 0) {
      const details = { worker: link.threadId, reason, executions: records.length, groups };
      this.announcer.log('error', details, 'worker thread lost');
    }
    const error: Failure = { code: 'WORKER_LOST', message: `The worker thread that ran it was lost: ${reason}` };
    for (const record of records) this.lifecycle.endWithoutReport(record, 'failed', error);
    this.#failUnassignedIfUnhealthy();
  }

  /** Work that no worker will take must not hang. */
  #failUnassignedIfUnhealthy(): void {
    const { gaveUp } = this.workforce.crew;
    if (gaveUp === null) return;
    const { code, message } = new EngineUnhealthyError(gaveUp);
    const error: Failure = { code: code as FailureCode, message };
    for (const record of this.registry.live) {
      if (!record.assignment) this.lifecycle.endWithoutReport(record, 'failed', error);
    }
  }
}
