import type { StreamName } from '../../protocol/execution.js';
import { PrivateFile } from './private-file.js';

const LF = 0x0a;
const EMPTY = Buffer.alloc(0);
/** How much of an unfinished line may wait for its end before it is written as it is. */
const MAX_HELD_BYTES = 65_536;

export interface LogSettings {
  path: string;
  maxBytes: number;
  append: boolean;
}

/**
 * The log of one execution: both streams' bytes as they came, mixed only at line ends. The file is made with the first byte.
 * After `maxBytes` come one marker line and nothing more. A log that cannot be written never fails an execution: `failure` says why.
 */
export class LogFile {
  #file: PrivateFile | null = null;
  #failure: string | null = null;
  #written = 0;
  #full = false;
  /** Whose unfinished line the file ends with. */
  #unfinished: StreamName | null = null;
  readonly #held: Record<StreamName, Buffer> = { stdout: EMPTY, stderr: EMPTY };

  constructor(private readonly settings: LogSettings) {}

  get failure(): string | null {
    return this.#failure;
  }

  push(stream: StreamName, chunk: Buffer): void {
    if (this.#full || this.#failure !== null) return;
    const end = chunk.lastIndexOf(LF) + 1;
    const held = this.#held[stream];
    if (end === 0 && held.length + chunk.length <= MAX_HELD_BYTES) {
      this.#held[stream] = Buffer.concat([held, chunk]);
      return;
    }
    this.#write(stream, held);
    const cut = end === 0 ? chunk.length : end;
    this.#write(stream, chunk.subarray(0, cut));
    this.#held[stream] = cut === chunk.length ? EMPTY : Buffer.from(chunk.subarray(cut));
  }

  close(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const held = this.#held[stream];
      if (held.length === 0) continue;
      if (this.#unfinished !== null && this.#unfinished !== stream) this.#write(stream, Buffer.from('\n'));
      this.#write(stream, held);
    }
    this.#file?.close();
    this.#file = null;
  }

  #write(stream: StreamName, bytes: Buffer): void {
    if (bytes.length === 0 || this.#full || this.#failure !== null) return;
    try {
      this.#open();
      if (this.#full) return;
      const room = this.settings.maxBytes - this.#written;
      this.#append(stream, bytes.length > room ? bytes.subarray(0, room) : bytes);
      if (bytes.length > room) this.#mark();
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
  }

  #open(): void {
    if (this.#file) return;
    this.#file = new PrivateFile(this.settings.path, { append: this.settings.append });
    this.#written = this.#file.sizeAtOpen;
    if (this.#written === 0) return;
    // An earlier attempt wrote it: past the cap lies only its marker, and its last line may have no end.
    this.#full = this.#written > this.settings.maxBytes;
    const endsInLine = this.#file.lastByteAtOpen() !== LF;
    if (endsInLine && this.#written < this.settings.maxBytes) this.#append('stdout', Buffer.from('\n'));
  }

  #append(stream: StreamName, bytes: Buffer): void {
    if (bytes.length <= 0) return;
    this.#file?.append(bytes);
    this.#written += bytes.length;
    this.#unfinished = bytes.at(-1) === LF ? null : stream;
  }

  #mark(): void {
    this.#full = true;
    const lineBreak = this.#unfinished === null ? '' : '\n';
    this.#file?.append(Buffer.from(`${lineBreak}[execrx: log truncated at ${this.settings.maxBytes} bytes]\n`));
  }
}
