import type { Writable } from 'node:stream';
import type { JobInput } from '../protocol/wire.js';

type Action = (stdin: Writable) => void;

/**
 * The standard input of one attempt. Input may come before the process does, and then waits for it; a process may close its end whenever
 * it likes, and that is not an error.
 */
export class AttemptInput {
  #stdin: Writable | null = null;
  #waiting: Action[] = [];
  #closed = false;

  constructor(private readonly input: JobInput) {}

  open(stdin: Writable | null): void {
    if (!stdin) return;
    this.#stdin = stdin;
    stdin.on('error', () => {}); // EPIPE: the process stopped reading
    if (this.input.type === 'data') stdin.end(this.input.data);
    for (const action of this.#waiting.splice(0)) action(stdin);
  }

  /** `taken` is called when the pipe has the data, or never will; not after `discard`. */
  write(data: string | Uint8Array, taken: () => void): void {
    const done = () => {
      if (!this.#closed) taken();
    };
    this.#do((stdin) => {
      if (stdin.writable) stdin.write(data, done);
      else done();
    });
  }

  end(): void {
    this.#do((stdin) => stdin.end());
  }

  /** The process has ended: what it did not read is of no use to anyone. */
  discard(): void {
    this.#closed = true;
    this.#stdin?.destroy();
  }

  #do(action: Action): void {
    if (this.#stdin) action(this.#stdin);
    else this.#waiting.push(action);
  }
}
