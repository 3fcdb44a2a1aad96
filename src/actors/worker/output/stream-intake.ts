import type { StreamName } from '../../protocol/execution.js';
import type { OutputPipe } from '../spawner/output-pipe.js';
import { Capture } from './capture.js';
import { LineAssembler } from './line-assembler.js';
import type { LogFile } from './log-file.js';
import { SpillFile } from './spill-file.js';

export interface IntakeSettings {
  stream: StreamName;
  limitBytes: number;
  /** Where the whole stream goes when it exceeds its cap; `null`: nowhere. */
  spillPath: string | null;
  maxLineBytes: number;
}

export interface IntakeListener {
  onBytes(bytes: number): void;
  onLines(stream: StreamName, text: string, partial: boolean): void;
  /** Must not keep what it is given. */
  onChunk(stream: StreamName, bytes: Buffer): void;
  /** Once, when the stream exceeds its cap. */
  onLimit(stream: StreamName): void;
  /** Once, when no byte will follow. */
  onEnd(stream: StreamName): void;
}

/** What came of one stream. `truncated`: the text is not the whole stream. `dropped`: bytes that are nowhere. */
export interface IntakeResult {
  text: string;
  totalBytes: number;
  truncated: boolean;
  droppedBytes: number;
  spillPath: string | undefined;
  spillFailure: string | null;
}

/** Everything one output stream of a process goes through: the cap, the log, the spill file, and lines if someone listens. */
export class StreamIntake {
  readonly #capture: Capture;
  readonly #spill: SpillFile | null;
  readonly #lines: LineAssembler;
  #wantsLines = false;
  #wantsChunks = false;
  #ended = false;

  constructor(
    private readonly source: OutputPipe,
    private readonly settings: IntakeSettings,
    private readonly log: LogFile | null,
    private readonly listener: IntakeListener,
  ) {
    const { stream } = settings;
    this.#capture = new Capture(settings.limitBytes);
    this.#spill = settings.spillPath === null ? null : new SpillFile(settings.spillPath);
    this.#lines = new LineAssembler(settings.maxLineBytes, (text, partial) => listener.onLines(stream, text, partial));
    source.read(
      (chunk) => this.#push(chunk),
      () => this.#end(),
    );
  }

  get ended(): boolean {
    return this.#ended;
  }

  pause(): void {
    this.source.pause();
  }

  resume(): void {
    this.source.resume();
  }

  /** Lines from here on. One that is under way when listening starts arrives from where it was. */
  listenToLines(on: boolean): void {
    if (!on) this.#lines.reset();
    this.#wantsLines = on;
  }

  listenToChunks(on: boolean): void {
    this.#wantsChunks = on;
  }

  /** Stops reading; what is still in the pipe is lost to us. */
  abandon(): void {
    this.source.destroy();
    this.#end();
  }

  finish(): IntakeResult {
    const { text, keptBytes } = this.#capture.finish();
    const { totalBytes, exceeded } = this.#capture;
    const spillPath = this.#spill?.close();
    return {
      text,
      totalBytes,
      truncated: exceeded,
      droppedBytes: spillPath === undefined ? totalBytes - keptBytes : 0,
      spillPath,
      spillFailure: this.#spill?.failure ?? null,
    };
  }

  #push(chunk: Buffer): void {
    if (this.#ended) return;
    this.listener.onBytes(chunk.length);
    const hadExceeded = this.#capture.exceeded;
    const head = this.#capture.head;
    this.#capture.push(chunk);
    if (this.#capture.exceeded) {
      if (!hadExceeded) this.#spill?.push(head);
      this.#spill?.push(chunk);
    }
    this.log?.push(this.settings.stream, chunk);
    if (this.#wantsLines) this.#lines.push(chunk);
    if (this.#capture.exceeded && !hadExceeded) this.listener.onLimit(this.settings.stream);
    if (this.#wantsChunks) this.listener.onChunk(this.settings.stream, chunk);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#wantsLines) this.#lines.end();
    this.listener.onEnd(this.settings.stream);
  }
}
