import type { TerminationCause } from '../../protocol/execution.js';
import type { BatchJob, ItemEnd, Job } from '../../protocol/wire.js';
import { Attempt, type AttemptContext } from '../attempt.js';
import type { CreditAccount } from '../credit-window.js';
import { outcomeOf } from '../outcome.js';
import { startingWith } from '../spawner/answered-spawner.js';
import { discard } from '../spawner/discard.js';
import type { ProcessExit, Run, Series, SpawnAnswer, Spawner } from '../spawner/spawner.js';
import type { Task } from '../task.js';
import { verdictOf } from '../verdict.js';
import { Backlog } from './backlog.js';
import { ItemNews } from './item-news.js';

/** Items that are handed to a launcher ahead: enough that it never waits, and few, for those under way are lost with it. */
const AHEAD_PER_PLACE = 4;
const LEAST_AHEAD = 256;

const SILENCE = { stdout: '', stderr: '', droppedBytes: 0 } as const;

const OVER: ProcessExit = { exitCode: 0, signal: null, resourceUsage: null, groupRemains: false, lost: null };

/**
 * One command for each of many items, as many at once as there are places. Where there is a launcher, it starts the next one by itself; an item whose
 * process is not over in a moment, or that could not be started, becomes an `Attempt` of its own. Where there is none, every item does.
 */
export class BatchAttempt implements Task {
  readonly #backlog = new Backlog((sequence) =>
    this.context.emit({ type: 'input_taken', ref: this.job.ref, sequence }),
  );
  readonly #news: ItemNews;
  readonly #credit: CreditAccount;
  /** Items that are begun, or may be begun by the launcher, and have not ended. */
  readonly #open = new Map<number, string>();
  readonly #attempts = new Map<number, Attempt>();
  readonly #startedAt: number;
  readonly #startedMs: number;
  #series: Series | null = null;
  #ready = false;
  #given = 0;
  #cause: TerminationCause | null = null;
  #logFailure: string | null = null;
  #ended = false;

  constructor(
    readonly job: BatchJob,
    private readonly context: AttemptContext,
  ) {
    const { clock, window } = context;
    this.#startedAt = clock.now();
    this.#startedMs = clock.monotonicMs();
    this.#credit = window.open(
      () => {},
      () => this.#proceed(),
    );
    this.#news = new ItemNews(job.ref, (event) => {
      context.emit(event);
      this.#credit.charge(event.bytes);
    });
  }

  async start(): Promise<void> {
    if (this.#ended) return;
    const { program, env, inheritEnv, cwd, batch } = this.job;
    const series = await this.context.spawner.series?.({ program, env, inheritEnv, cwd }, batch.places, {
      onRan: (index, run) => this.#ran(index, run),
      onAnswer: (index, answer) => this.#answered(index, answer),
      onHalted: (begun) => this.#halted(begun),
      onLost: (message) => this.#lost(message),
    });
    if (this.#ended) return series?.halt();
    this.#series = series ?? null;
    this.#ready = true;
    this.#proceed();
  }

  terminate(cause: TerminationCause): void {
    if (this.#ended || this.#cause !== null) return;
    this.#cause = cause;
    this.#backlog.drop();
    if (!this.#ready) return this.#end(); // nothing has been begun
    for (const attempt of this.#attempts.values()) attempt.terminate(cause);
    this.#series?.halt();
    this.#proceed();
  }

  write(data: string | Uint8Array, sequence: number): void {
    this.#backlog.push(String(data), sequence);
    if (this.#cause !== null) this.#backlog.drop();
    this.#proceed();
  }

  endInput(): void {
    this.#backlog.close();
    this.#proceed();
  }

  credit(bytes: number): void {
    this.#credit.credit(bytes);
  }

  /** Whatever its commands say is told when they have ended. */
  listen(): void {}

  listenAll(): void {}

  #proceed(): void {
    if (!this.#ready || this.#ended) return;
    if (this.#cause === null && !this.#credit.exhausted) {
      if (this.#series) this.#handAhead(this.#series);
      else while (this.#open.size < this.job.batch.places && this.#beginOne());
    }
    const nothingMore = this.#cause !== null ? this.#series === null : this.#backlog.closed && this.#backlog.empty;
    if (nothingMore && this.#open.size === 0) this.#end();
  }

  #handAhead(series: Series): void {
    const most = Math.max(LEAST_AHEAD, this.job.batch.places * AHEAD_PER_PLACE);
    if (this.#open.size > most / 2) return;
    const items = this.#backlog.take(most - this.#open.size);
    if (items.length === 0) return;
    for (const item of items) this.#open.set(this.#given++, item);
    series.add(items.map((item) => this.#argumentsFor(item)));
  }

  #beginOne(): boolean {
    const [item] = this.#backlog.take(1);
    if (item === undefined) return false;
    const index = this.#given++;
    this.#open.set(index, item);
    this.#attempt(index, this.context.spawner);
    return true;
  }

  #ran(index: number, run: Run | null): void {
    if (run === null) return this.#settle(index, null);
    const { error } = verdictOf({ cause: null, spawnFailure: null, exit: run.exit }, this.job);
    this.#settle(index, { error, stdout: run.stdout, stderr: run.stderr, droppedBytes: 0 });
  }

  #answered(index: number, answer: SpawnAnswer): void {
    if (!this.#open.has(index)) return discard(answer); // it was given up meanwhile
    this.#attempt(index, startingWith(answer, this.context.spawner), () => this.#series?.resume());
  }

  #attempt(index: number, spawner: Spawner, release = () => {}): void {
    const context: AttemptContext = {
      ...this.context,
      spawner,
      emit: (event) => {
        if (event.type !== 'ended') return;
        const { error, output, logFailure } = event.outcome;
        this.#logFailure ??= logFailure;
        this.#attempts.delete(index);
        release();
        const { stdoutPath, stderrPath, droppedBytes } = output;
        this.#settle(index, { ...SILENCE, error, stdoutPath, stderrPath, droppedBytes });
      },
      onEnded: () => {},
    };
    const attempt = new Attempt(this.#jobFor(index), context, false);
    this.#attempts.set(index, attempt);
    void attempt.start();
    if (this.#cause !== null) attempt.terminate(this.#cause);
  }

  /** `null`: it completed without a word. */
  #settle(index: number, end: Omit<ItemEnd, 'index' | 'item'> | null): void {
    const item = this.#open.get(index);
    if (item === undefined) return;
    this.#open.delete(index);
    if (end === null) this.#news.addSilent(index);
    else this.#news.add({ index, item, ...end });
    this.#proceed();
  }

  #halted(begun: number): void {
    this.#series = null;
    for (const index of [...this.#open.keys()]) if (index >= begun) this.#open.delete(index);
    this.#proceed();
  }

  /** Of those that were handed over, nobody knows which have run. */
  #lost(message: string): void {
    this.#series = null;
    const error = { code: 'LAUNCHER_LOST', message } as const;
    for (const index of [...this.#open.keys()]) {
      if (!this.#attempts.has(index)) this.#settle(index, { ...SILENCE, error });
    }
    this.#proceed();
  }

  #argumentsFor(item: string): string[] {
    return this.job.batch.arguments.map((parts) => parts.join(item));
  }

  #jobFor(index: number): Job {
    const { spillPaths, ...job } = this.job;
    const item = this.#open.get(index) as string;
    return {
      ...job,
      args: this.#argumentsFor(item),
      stdin: { type: 'none' },
      spillPaths: spillPaths && { stdout: `${spillPaths.stdout}.${index}`, stderr: `${spillPaths.stderr}.${index}` },
      batch: null,
    };
  }

  #end(): void {
    this.#ended = true;
    this.#series?.halt();
    this.#news.flush();
    this.#credit.close();
    const { clock, emit } = this.context;
    const { job } = this;
    const { failed, done } = this.#news;
    const outcome = outcomeOf({
      job,
      cause: this.#cause,
      spawnFailure: null,
      exit: OVER,
      report: null,
      pid: null,
      streams: null,
      complete: true,
      logFailure: this.#logFailure,
      startedAt: this.#startedAt,
      endedAt: clock.now(),
      durationMs: clock.monotonicMs() - this.#startedMs,
    });
    if (outcome.error === null && failed > 0) {
      outcome.status = 'failed';
      outcome.error = { code: 'EXIT_NON_ZERO', message: `${failed} of ${done} failed` };
    }
    emit({ type: 'ended', ref: job.ref, outcome });
    this.context.onEnded();
  }
}
