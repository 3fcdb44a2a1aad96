import { closeSync } from 'node:fs';
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { Readable } from 'node:stream';
import { WIDE_PIPE_BYTES } from '../../protocol/launcher-wire.js';
import type { PipeWatch } from './wide-pipes.js';

/** One output stream of a process. Nothing is read before `read` is called, once. */
export interface OutputPipe {
  /**
   * `onBytes` must not keep what it is given: it is good only until `onBytes` returns. `onEnd` is called once, and nothing follows. Neither is
   * called before `read` returns.
   */
  read(onBytes: (bytes: Buffer) => void, onEnd: () => void): void;
  pause(): void;
  resume(): void;
  /** What is still in the pipe is lost. */
  destroy(): void;
}

/** A stream that someone else has opened. */
export class StreamPipe implements OutputPipe {
  constructor(private readonly stream: Readable) {
    stream.on('error', () => {}); // a pipe that breaks has ended; the exit status tells what happened
  }

  read(onBytes: (bytes: Buffer) => void, onEnd: () => void): void {
    this.stream.on('data', onBytes);
    endOf(this.stream, onEnd);
  }

  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  destroy(): void {
    this.stream.destroy();
  }
}

/** Every descriptor of a thread is read into the same memory, for each read is dealt with before the next: nothing is allocated per read. */
const memory = Buffer.allocUnsafeSlow(WIDE_PIPE_BYTES);

/** The read end of a pipe, by its descriptor. */
export class DescriptorPipe implements OutputPipe {
  #socket: Socket | null = null;
  #destroyed = false;

  constructor(
    private readonly fd: number,
    private readonly watch: PipeWatch,
  ) {}

  read(onBytes: (bytes: Buffer) => void, onEnd: () => void): void {
    const callback = (size: number) => {
      onBytes(memory.subarray(0, size));
      this.watch.took(size);
      return true;
    };
    const options: SocketConstructorOpts & ConnectOpts = { fd: this.fd, onread: { buffer: memory, callback } };
    this.#socket = new Socket({ ...options, readable: true, writable: false });
    this.#socket.on('error', () => {}); // as above
    endOf(this.#socket, () => {
      this.watch.closed();
      onEnd();
    });
    this.#socket.resume(); // without this its end would not be told
  }

  pause(): void {
    this.#socket?.pause();
  }

  resume(): void {
    this.#socket?.resume();
  }

  destroy(): void {
    if (this.#socket) this.#socket.destroy();
    else if (!this.#destroyed) closeSync(this.fd);
    this.#destroyed = true;
  }
}

/** Output that someone else has read to its end. */
export class ReadPipe implements OutputPipe {
  #listener: { onBytes(bytes: Buffer): void; onEnd(): void } | null = null;
  #paused = false;

  constructor(private readonly content: Buffer) {}

  read(onBytes: (bytes: Buffer) => void, onEnd: () => void): void {
    this.#listener = { onBytes, onEnd };
    queueMicrotask(() => this.#deliver());
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#deliver();
  }

  destroy(): void {
    this.#listener = null;
  }

  #deliver(): void {
    if (!this.#listener || this.#paused) return;
    const { onBytes, onEnd } = this.#listener;
    this.#listener = null;
    if (this.content.length > 0) onBytes(this.content);
    onEnd();
  }
}

function endOf(stream: Readable, onEnd: () => void): void {
  let ended = false;
  const end = () => {
    if (!ended) onEnd();
    ended = true;
  };
  stream.on('end', end);
  stream.on('close', end);
}
