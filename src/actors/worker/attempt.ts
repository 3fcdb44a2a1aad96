import type { TimerHandle } from '../kernel/clock.js';
import { deferred } from '../kernel/deferred.js';
import { groupExists, isAlive, sendSignal } from '../process/process-tree.js';
import type { TerminationCause, TerminationReport } from '../protocol/execution.js';
import type { Job } from '../protocol/wire.js';
import { AttemptInput } from './input.js';
import { outcomeOf } from './outcome.js';
import { AttemptOutput, type OutputContext } from './output/attempt-output.js';
import { discard } from './spawner/discard.js';
import { spawnWithBackoff } from './spawner/spawn-with-backoff.js';
import type { ProcessExit, SpawnedProcess, Spawner, SpawnRefusal } from './spawner/spawner.js';
import type { Task } from './task.js';
import { Termination } from './termination/termination.js';

/** How long an attempt that nobody wants any more waits for the answer of a spawn under way. */
const ABANDON_MS = 500;

/** How long the news of an end may be under way. */
const NEWS_MS = 500;

export interface AttemptContext extends OutputContext {
  spawner: Spawner;
  onEnded(): void;
}

/**
 * One start of one command, from spawning to the last byte. Ends exactly once, when the process is reaped, its output is drained (or
 * the drain period is over) and, if we terminated it, its tree is empty (or known not to be).
 */
export class Attempt implements Task {
  readonly #output: AttemptOutput;
  readonly #input: AttemptInput;
  #process: SpawnedProcess | null = null;
  #cause: TerminationCause | null = null;
  #termination: Termination | null = null;
  #report: TerminationReport | null = null;
  #exit: ProcessExit | null = null;
  #groupRemains = false;
  #ended = false;
  #startedAt: number | null = null;
  readonly #timers: Partial<Record<'timeout' | 'idle' | 'drain' | 'abandon' | 'untold', TimerHandle>> = {};
  readonly #abandoned = deferred<null>();

  constructor(
    readonly job: Job,
    private readonly context: AttemptContext,
    listenAll: boolean,
  ) {
    this.#input = new AttemptInput(job.stdin);
    const listener = { onLimitExceeded: () => this.#exceedLimit(), onDone: () => this.#endIfDone() };
    this.#output = new AttemptOutput(job, context, listener, listenAll);
  }

  async start(): Promise<void> {
    if (this.#cause !== null) return this.#end(null); // told to stop before it started: nothing is spawned
    const { spawner } = this.context;
    const { program, args, cwd, stdin, inheritEnv } = this.job;
    const spec = { program, args, cwd, env: this.job.env, inheritEnv, pipeInput: stdin.type !== 'none' };
    const spawning = spawnWithBackoff(spawner, spec, () => this.#cause !== null);
    const answer = await Promise.race([spawning, this.#abandoned.promise]);
    if (answer === null) {
      void spawning.then(discard);
      return this.#end(null);
    }
    if (answer.type === 'refused') return this.#end(answer);
    this.#attach(answer.process);
  }

  /** The first cause wins; one that comes after the process has ended by itself changes nothing but ends the wait for output. */
  terminate(cause: TerminationCause): void {
    if (this.#ended) return;
    if (this.#exit && !this.#termination) return this.#output.abandon();
    if (this.#cause !== null) return;
    if (this.#hasEndedUntold(cause)) return this.#output.abandon();
    this.#cause = cause;
    if (this.#process) return this.#beginTermination(this.#process.pid, cause);
    // It is being spawned; a spawner that hangs must not keep us.
    this.#timers.abandon = this.context.clock.setTimeout(() => this.#abandoned.resolve(null), ABANDON_MS);
  }

  write(data: string | Uint8Array, sequence: number): void {
    this.#input.write(data, () => this.context.emit({ type: 'input_taken', ref: this.job.ref, sequence }));
  }

  endInput(): void {
    this.#input.end();
  }

  listen(mask: number): void {
    this.#output.listen(mask);
  }

  listenAll(on: boolean): void {
    this.#output.listenAll(on);
  }

  credit(bytes: number): void {
    this.#output.credit(bytes);
  }

  #attach(child: SpawnedProcess): void {
    const { clock } = this.context;
    clock.clearTimeout(this.#timers.abandon);
    this.#process = child;
    const ageMs = Math.max(0, clock.monotonicMs() - child.startedMs);
    this.#startedAt = Math.ceil(clock.now() - ageMs); // `now` has no fractions: up, so that it never seems to have started before it was queued
    this.context.emit({ type: 'started', ref: this.job.ref, pid: child.pid, at: this.#startedAt });
    this.#output.open(child.stdout, child.stderr);
    this.#input.open(child.stdin);
    this.#timers.timeout = clock.setTimeout(() => this.terminate('timeout'), Math.max(0, this.job.timeoutMs - ageMs));
    if (this.job.idleTimeoutMs !== null) this.#watchSilence(this.job.idleTimeoutMs);
    child.onExit((exit) => this.#exited(child, exit));
    if (this.#cause !== null && !this.#exit) this.#beginTermination(child.pid, this.#cause);
  }

  /** Too much output fails the execution also when its process has ended before we read it; then there is nothing to terminate. */
  #exceedLimit(): void {
    if (!this.#exit) this.terminate('output_limit');
    this.#cause ??= 'output_limit';
  }

  #watchSilence(idleTimeoutMs: number): void {
    const { silentMs } = this.#output;
    if (silentMs >= idleTimeoutMs) return this.terminate('idle_timeout');
    const restMs = Math.ceil(idleTimeoutMs - silentMs);
    this.#timers.idle = this.context.clock.setTimeout(() => this.#watchSilence(idleTimeoutMs), restMs);
  }

  /** It ended by itself, and only the news is under way: that end came first. If no news comes, the cause takes effect after all. */
  #hasEndedUntold(cause: TerminationCause): boolean {
    const group = this.#process?.pid;
    if (group === undefined || isAlive({ pid: group, startTime: 0, group })) return false;
    this.#timers.untold ??= this.context.clock.setTimeout(() => {
      this.#cause ??= cause;
      this.#beginTermination(group, this.#cause);
    }, NEWS_MS);
    return true;
  }

  #beginTermination(pid: number, cause: TerminationCause): void {
    const { clock, settings } = this.context;
    this.#termination = new Termination(pid, cause, settings.killGraceMs, clock, (report) => {
      this.#report = report;
      if (this.#exit === null) this.#armDrain(); // nobody tells of its end, or it outlived SIGKILL
      this.#endIfDone();
    });
    this.#termination.begin();
  }

  #exited(child: SpawnedProcess, exit: ProcessExit): void {
    this.#exit = exit;
    this.#output.processExited();
    this.#clearTimers();
    this.#groupRemains = exit.groupRemains ?? groupExists(child.pid);
    this.#termination?.leaderExited();
    this.#armDrain();
    this.#endIfDone();
  }

  /**
   * Something may hold the pipe for ever. While it is we who do not read, the period begins anew, but only as long as what comes may still
   * be the process's own: a descendant that floods the pipe would have us wait for ever.
   */
  #armDrain(): void {
    if (this.#ended) return;
    const { clock, settings } = this.context;
    this.#timers.drain = clock.setTimeout(() => {
      if (this.#output.held && this.#output.mayHoldOwnOutput) this.#armDrain();
      else this.#output.abandon();
    }, settings.drainTimeoutMs);
  }

  #endIfDone(): void {
    const treeDone = this.#termination === null || this.#report !== null;
    const exited = this.#exit !== null || this.#report !== null;
    if (exited && treeDone && this.#output.done) this.#end(null);
  }

  #end(spawnFailure: SpawnRefusal | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#clearTimers();
    this.#input.discard();
    this.#releaseProcess();
    const { clock, emit } = this.context;
    const outcome = outcomeOf({
      job: this.job,
      cause: this.#cause,
      spawnFailure,
      exit: this.#exit,
      report: this.#report,
      pid: this.#process?.pid ?? null,
      streams: this.#output.finish(),
      complete: this.#output.complete,
      logFailure: this.#output.logFailure,
      startedAt: this.#startedAt,
      endedAt: clock.now(),
      durationMs: this.#durationMs(),
    });
    emit({ type: 'ended', ref: this.job.ref, outcome });
    this.context.onEnded();
  }

  #durationMs(): number {
    if (!this.#process) return 0;
    const { startedMs, endedMs } = this.#process;
    return Math.max(0, (endedMs ?? this.context.clock.monotonicMs()) - startedMs);
  }

  /** An execution takes with it whatever it left in its process group. */
  #releaseProcess(): void {
    if (!this.#process) return;
    if (this.#groupRemains && groupExists(this.#process.pid)) sendSignal(-this.#process.pid, 'SIGKILL');
    if (this.#exit) this.#process.release();
    else this.#process.onExit(() => this.#process?.release());
  }

  #clearTimers(): void {
    for (const timer of Object.values(this.#timers)) this.context.clock.clearTimeout(timer);
  }
}
