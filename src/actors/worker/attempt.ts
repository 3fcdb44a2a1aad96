import type { Clock, TimerHandle } from '../kernel/clock.js';
import { deferred } from '../kernel/deferred.js';
import { groupExists, sendSignal } from '../process/process-tree.js';
import type { StreamName, TerminationCause, TerminationReport } from '../protocol/execution.js';
import {
  type Job,
  LISTEN_BOTH,
  LISTEN_STDERR,
  LISTEN_STDOUT,
  type WorkerEvent,
  type WorkerSettings,
} from '../protocol/wire.js';
import type { CreditAccount, CreditWindow } from './credit-window.js';
import { feedInput, type ProcessInput } from './input.js';
import { outcomeOf } from './outcome.js';
import { LogFile } from './output/log-file.js';
import { type IntakeResult, StreamIntake } from './output/stream-intake.js';
import { spawnWithBackoff } from './spawner/spawn-with-backoff.js';
import type { ProcessExit, SpawnAnswer, SpawnedProcess, Spawner, SpawnRefusal } from './spawner/spawner.js';
import { Termination } from './termination/termination.js';

/** How long an attempt that nobody wants any more waits for the answer of a spawn under way. */
const ABANDON_MS = 500;

export interface AttemptContext {
  spawner: Spawner;
  clock: Clock;
  settings: WorkerSettings;
  window: CreditWindow;
  emit(event: WorkerEvent): void;
  onEnded(): void;
}

/**
 * One start of one command, from spawning to the last byte. Ends exactly once, when the process is reaped, its output is drained (or
 * the drain period is over) and, if we terminated it, its tree is empty (or known not to be).
 */
export class Attempt {
  readonly #log: LogFile | null;
  readonly #credit: CreditAccount;
  #process: SpawnedProcess | null = null;
  #intakes: StreamIntake[] = [];
  #input: ProcessInput | null = null;
  readonly #earlyInput: Array<(input: ProcessInput) => void> = [];
  #cause: TerminationCause | null = null;
  #termination: Termination | null = null;
  #report: TerminationReport | null = null;
  #exit: ProcessExit | null = null;
  #groupRemains = false;
  #complete = true;
  #ended = false;
  #startedAt: number | null = null;
  #startedMonotonicMs = 0;
  #lastBytesMs = 0;
  #listenMask: number;
  #listenAll: boolean;
  readonly #timers: Partial<Record<'timeout' | 'idle' | 'drain' | 'abandon', TimerHandle>> = {};
  readonly #abandoned = deferred<null>();

  constructor(
    readonly job: Job,
    private readonly context: AttemptContext,
    listenAll: boolean,
  ) {
    this.#listenMask = job.listen;
    this.#listenAll = listenAll;
    const { logPath: path, appendLog: append } = job;
    this.#log = path === null ? null : new LogFile({ path, append, maxBytes: context.settings.maxLogSizeBytes });
    this.#credit = context.window.open(
      () => this.#intakes.forEach((intake) => intake.pause()),
      () => this.#intakes.forEach((intake) => intake.resume()),
    );
  }

  async start(): Promise<void> {
    if (this.#cause !== null) return this.#end(null); // told to stop before it started: nothing is spawned
    const { spawner } = this.context;
    const { program, args, cwd, stdin, inheritEnv } = this.job;
    const spec = { program, args, cwd, env: this.job.env, inheritEnv, pipeInput: stdin.type !== 'none' };
    const spawning = spawnWithBackoff(spawner, spec, () => this.#cause !== null);
    const answer = await Promise.race([spawning, this.#abandoned.promise]);
    if (answer === null) {
      void spawning.then(discardLate);
      return this.#end(null);
    }
    if (answer.type === 'refused') return this.#end(answer);
    this.#attach(answer.process);
  }

  /** The first cause wins; one that comes after the process has ended by itself changes nothing but ends the wait for output. */
  terminate(cause: TerminationCause): void {
    if (this.#ended) return;
    if (this.#exit && !this.#termination) return this.#abandonOutput();
    if (this.#cause !== null) return;
    this.#cause = cause;
    if (this.#process) return this.#beginTermination(this.#process.pid, cause);
    // It is being spawned; a spawner that hangs must not keep us.
    this.#timers.abandon = this.context.clock.setTimeout(() => this.#abandoned.resolve(null), ABANDON_MS);
  }

  write(data: string | Uint8Array, sequence: number): void {
    const taken = () => this.context.emit({ type: 'input_taken', ref: this.job.ref, sequence });
    this.#feed((input) => input.write(data, taken));
  }

  endInput(): void {
    this.#feed((input) => input.end());
  }

  listen(mask: number): void {
    this.#listenMask = mask;
    this.#applyListening();
  }

  listenAll(on: boolean): void {
    this.#listenAll = on;
    this.#applyListening();
  }

  credit(bytes: number): void {
    this.#credit.credit(bytes);
  }

  #attach(child: SpawnedProcess): void {
    const { clock } = this.context;
    clock.clearTimeout(this.#timers.abandon);
    this.#process = child;
    this.#startedAt = clock.now();
    this.#startedMonotonicMs = this.#lastBytesMs = clock.monotonicMs();
    this.context.emit({ type: 'started', ref: this.job.ref, pid: child.pid, at: this.#startedAt });
    this.#intakes = [this.#intake('stdout', child), this.#intake('stderr', child)];
    this.#applyListening();
    if (child.stdin) this.#input = feedInput(child.stdin, this.job.stdin);
    for (const action of this.#earlyInput.splice(0)) this.#feed(action);
    this.#timers.timeout = clock.setTimeout(() => this.terminate('timeout'), this.job.timeoutMs);
    if (this.job.idleTimeoutMs !== null) this.#watchSilence(this.job.idleTimeoutMs);
    child.onExit((exit) => this.#exited(child, exit));
    if (this.#cause !== null && !this.#exit) this.#beginTermination(child.pid, this.#cause);
  }

  #intake(stream: StreamName, child: SpawnedProcess): StreamIntake {
    const { maxOutputSizeBytes: limitBytes, oversizedOutputStrategy: strategy, spillPaths, ref } = this.job;
    const { clock, emit, settings } = this.context;
    const { maxLineBytes } = settings;
    const intakeSettings = { stream, limitBytes, strategy, spillPath: spillPaths[stream], maxLineBytes };
    return new StreamIntake(child[stream], intakeSettings, this.#log, {
      onBytes: () => {
        if (this.job.idleTimeoutMs !== null) this.#lastBytesMs = clock.monotonicMs();
      },
      onLines: (name, text, partial) => {
        emit({ type: 'output', ref, stream: name, text, partial, bytes: text.length + 1, at: clock.now() });
        this.#credit.charge(text.length + 1);
      },
      onLimit: (name) => {
        emit({ type: 'truncated', ref, stream: name, at: clock.now() });
        if (strategy === 'fail_execution') this.#exceedLimit();
      },
      onEnd: () => this.#endIfDone(),
    });
  }

  /** Too much output fails the execution also when its process has ended before we read it; then there is nothing to terminate. */
  #exceedLimit(): void {
    if (this.#exit) this.#cause ??= 'output_limit';
    else this.terminate('output_limit');
  }

  /** Input may come before the process does, and then waits for it. */
  #feed(action: (input: ProcessInput) => void): void {
    if (this.#input) action(this.#input);
    else this.#earlyInput.push(action);
  }

  #applyListening(): void {
    const mask = this.#listenAll ? LISTEN_BOTH : this.#listenMask;
    this.#intakes[0]?.listen((mask & LISTEN_STDOUT) !== 0);
    this.#intakes[1]?.listen((mask & LISTEN_STDERR) !== 0);
  }

  #watchSilence(idleTimeoutMs: number): void {
    const { clock } = this.context;
    // While we do not read for want of credit, the silence is ours.
    const silentMs = this.#credit.exhausted ? 0 : clock.monotonicMs() - this.#lastBytesMs;
    if (silentMs >= idleTimeoutMs) return this.terminate('idle_timeout');
    this.#timers.idle = clock.setTimeout(() => this.#watchSilence(idleTimeoutMs), Math.ceil(idleTimeoutMs - silentMs));
  }

  #beginTermination(pid: number, cause: TerminationCause): void {
    const { clock, settings } = this.context;
    this.#termination = new Termination(pid, cause, settings.killGraceMs, clock, (report) => {
      this.#report = report;
      if (this.#exit === null) this.#abandonOutput(); // it outlived SIGKILL: nothing more can be done
      this.#endIfDone();
    });
    this.#termination.begin();
  }

  #exited(child: SpawnedProcess, exit: ProcessExit): void {
    this.#exit = exit;
    this.#clearTimers();
    this.#groupRemains = groupExists(child.pid);
    this.#termination?.leaderExited();
    this.#armDrain();
    this.#endIfDone();
  }

  /** Something may hold the pipe for ever. The period does not count while it is we who do not read. */
  #armDrain(): void {
    if (this.#ended) return;
    const { clock, settings } = this.context;
    this.#timers.drain = clock.setTimeout(() => {
      if (this.#credit.exhausted) this.#armDrain();
      else this.#abandonOutput();
    }, settings.drainTimeoutMs);
  }

  #abandonOutput(): void {
    for (const intake of this.#intakes) {
      if (intake.ended) continue;
      this.#complete = false;
      intake.abandon();
    }
  }

  #finishStreams(): { stdout: IntakeResult; stderr: IntakeResult } | null {
    const [stdout, stderr] = this.#intakes;
    return stdout && stderr ? { stdout: stdout.finish(), stderr: stderr.finish() } : null;
  }

  #endIfDone(): void {
    const outputDone = this.#intakes.every((intake) => intake.ended);
    const treeDone = this.#termination === null || this.#report !== null;
    const exited = this.#exit !== null || this.#report !== null;
    if (exited && outputDone && treeDone) this.#end(null);
  }

  #end(spawnFailure: SpawnRefusal | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#clearTimers();
    this.#input?.discard();
    this.#releaseProcess();
    this.#log?.close();
    const { clock, emit } = this.context;
    const outcome = outcomeOf({
      job: this.job,
      cause: this.#cause,
      spawnFailure,
      exit: this.#exit,
      report: this.#report,
      pid: this.#process?.pid ?? null,
      streams: this.#finishStreams(),
      complete: this.#complete,
      logFailure: this.#log?.failure ?? null,
      startedAt: this.#startedAt,
      endedAt: clock.now(),
      durationMs: this.#startedAt === null ? 0 : clock.monotonicMs() - this.#startedMonotonicMs,
    });
    emit({ type: 'ended', ref: this.job.ref, outcome });
    this.context.onEnded();
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

/** A process that came after its attempt had ended. */
function discardLate(answer: SpawnAnswer): void {
  if (answer.type === 'refused') return;
  const { process: late } = answer;
  sendSignal(-late.pid, 'SIGKILL');
  for (const stream of [late.stdin, late.stdout, late.stderr]) stream?.destroy();
  late.onExit(() => late.release());
}
