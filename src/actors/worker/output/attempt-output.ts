import type { Clock } from '../../kernel/clock.js';
import type { StreamName } from '../../protocol/execution.js';
import {
  type Job,
  LISTEN_BOTH,
  LISTEN_CHUNKS,
  LISTEN_STDERR,
  LISTEN_STDOUT,
  type WorkerEvent,
  type WorkerSettings,
} from '../../protocol/wire.js';
import type { CreditAccount, CreditWindow } from '../credit-window.js';
import type { OutputPipe } from '../spawner/output-pipe.js';
import type { BlockPool } from './block-pool.js';
import { ChunkGatherer } from './chunk-gatherer.js';
import { LogFile } from './log-file.js';
import { type IntakeResult, StreamIntake } from './stream-intake.js';

/** What both pipes of a process that has exited may still hold of it: `/proc/sys/fs/pipe-max-size` is 1 MiB unless raised. */
const LARGEST_PIPE_BYTES = 2 * 1_048_576;

/** Bytes cost the main thread far less than the lines in them, so more of them may be under way. */
const CHUNK_DISCOUNT = 4;

export interface OutputContext {
  clock: Clock;
  settings: WorkerSettings;
  window: CreditWindow;
  blocks: BlockPool;
  emit(event: WorkerEvent): void;
}

export interface OutputListener {
  /** A stream exceeded its cap under `fail_execution`. */
  onLimitExceeded(): void;
  /** Nothing more will be read. */
  onDone(): void;
}

/** Both output streams of one attempt: what is kept, logged and carried, and when reading stops. */
export class AttemptOutput {
  readonly #log: LogFile | null;
  readonly #credit: CreditAccount;
  readonly #chunks: ChunkGatherer;
  #intakes: readonly [StreamIntake, StreamIntake] | null = null;
  #mask: number;
  #all: boolean;
  #complete = true;
  #lastBytesMs = 0;
  #exited = false;
  #bytesSinceExit = 0;

  constructor(
    private readonly job: Job,
    private readonly context: OutputContext,
    private readonly listener: OutputListener,
    listenAll: boolean,
  ) {
    this.#mask = job.listen;
    this.#all = listenAll;
    const { logPath: path, appendLog: append } = job;
    this.#log = path === null ? null : new LogFile({ path, append, maxBytes: context.settings.maxLogSizeBytes });
    this.#chunks = new ChunkGatherer(context.blocks, (stream, data, lent) => {
      const bytes = Math.ceil(data.buffer.byteLength / CHUNK_DISCOUNT);
      this.#send({ type: 'chunk', ref: job.ref, stream, data, lent, bytes, at: context.clock.now() });
    });
    this.#credit = context.window.open(
      () => this.#intakes?.forEach((intake) => intake.pause()),
      () => this.#intakes?.forEach((intake) => intake.resume()),
    );
  }

  open(stdout: OutputPipe, stderr: OutputPipe): void {
    this.#lastBytesMs = this.context.clock.monotonicMs();
    this.#intakes = [this.#intake('stdout', stdout), this.#intake('stderr', stderr)];
    this.#applyListening();
  }

  /** `true` also before there is anything to read. */
  get done(): boolean {
    return this.#intakes?.every((intake) => intake.ended) ?? true;
  }

  /** It is we who do not read, for want of credit. */
  get held(): boolean {
    return this.#credit.exhausted;
  }

  /** What waits in the pipes may still be the process's own, and not only what a descendant floods them with. */
  get mayHoldOwnOutput(): boolean {
    return this.#bytesSinceExit <= LARGEST_PIPE_BYTES;
  }

  processExited(): void {
    this.#exited = true;
  }

  /** Whether both streams were read to their end. */
  get complete(): boolean {
    return this.#complete;
  }

  get logFailure(): string | null {
    return this.#log?.failure ?? null;
  }

  /** How long neither stream has said anything, in milliseconds. While we do not read, the silence is ours and does not count. */
  get silentMs(): number {
    return this.held ? 0 : this.context.clock.monotonicMs() - this.#lastBytesMs;
  }

  listen(mask: number): void {
    this.#mask = mask;
    this.#applyListening();
  }

  listenAll(on: boolean): void {
    this.#all = on;
    this.#applyListening();
  }

  credit(bytes: number): void {
    this.#credit.credit(bytes);
  }

  /** Stops reading; what something else may still write is lost to us. */
  abandon(): void {
    for (const intake of this.#intakes ?? []) {
      if (intake.ended) continue;
      this.#complete = false;
      intake.abandon();
    }
  }

  finish(): { stdout: IntakeResult; stderr: IntakeResult } | null {
    this.#log?.close();
    this.#credit.close();
    if (!this.#intakes) return null;
    const [stdout, stderr] = this.#intakes;
    return { stdout: stdout.finish(), stderr: stderr.finish() };
  }

  #intake(stream: StreamName, source: OutputPipe): StreamIntake {
    const { maxOutputSizeBytes: limitBytes, oversizedOutputStrategy: strategy, spillPaths, ref } = this.job;
    const { clock, emit, settings } = this.context;
    const { maxLineBytes } = settings;
    return new StreamIntake(
      source,
      { stream, limitBytes, spillPath: spillPaths?.[stream] ?? null, maxLineBytes },
      this.#log,
      {
        onBytes: (bytes) => {
          if (this.#exited) this.#bytesSinceExit += bytes;
          if (this.job.idleTimeoutMs !== null) this.#lastBytesMs = clock.monotonicMs();
        },
        onLines: (name, text, partial) => {
          this.#send({ type: 'output', ref, stream: name, text, partial, bytes: text.length + 1, at: clock.now() });
        },
        onChunk: (name, bytes) => this.#chunks.push(name, bytes),
        onLimit: (name) => {
          this.#chunks.flush();
          emit({ type: 'truncated', ref, stream: name, at: clock.now() });
          if (strategy === 'fail_execution') this.listener.onLimitExceeded();
        },
        onEnd: () => {
          this.#chunks.flush();
          this.listener.onDone();
        },
      },
    );
  }

  /** What is sent is owed, by what the event says: its data may have been moved away by then, and has no length any more. */
  #send(event: Extract<WorkerEvent, { type: 'output' | 'chunk' }>): void {
    this.context.emit(event);
    this.#credit.charge(event.bytes);
  }

  #applyListening(): void {
    const mask = this.#all ? this.#mask | LISTEN_BOTH : this.#mask;
    this.#intakes?.[0].listenToLines((mask & LISTEN_STDOUT) !== 0);
    this.#intakes?.[1].listenToLines((mask & LISTEN_STDERR) !== 0);
    this.#intakes?.forEach((intake) => intake.listenToChunks((mask & LISTEN_CHUNKS) !== 0));
  }
}
